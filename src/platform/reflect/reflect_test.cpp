#include "platform/reflect/reflect.hpp"

#include <gtest/gtest.h>

namespace bole::sample {

enum class Colour { red, deep_blue };
BOOST_DESCRIBE_ENUM(Colour, red, deep_blue)

struct Wheel {
  double size = 0;
  Colour colour = Colour::red;
};
BOOST_DESCRIBE_STRUCT(Wheel, (), (size, colour))

struct Car {
  std::string name;
  std::optional<std::int64_t> seats;
  std::vector<Wheel> wheels;
  Instant built{};
  std::optional<Date> sold;
  bool electric = false;
};
BOOST_DESCRIBE_STRUCT(Car, (), (name, seats, wheels, built, sold, electric))

}  // namespace bole::sample

namespace bole {

template <>
inline constexpr auto kRules<sample::Car> =
    std::tuple{Field<&sample::Car::name>{{.doc = "what it is called", .min_length = 1, .max_length = 5}},
               Field<&sample::Car::seats>{{.min = 1, .max = 9}}, Field<&sample::Car::wheels>{{.max_length = 4}}};

namespace {

using sample::Car;

TEST(Reflect, RoundTripIsByteEqual) {
  auto const text =
      R"({"name":"小车","seats":4,"wheels":[{"size":0.1,"colour":"deep_blue"}],"built":"2026-01-02T03:04:05.006Z","sold":"2026-02-03","electric":true})";
  auto const car = FromJsonText<Car>(text);
  ASSERT_TRUE(car) << car.error().key;
  EXPECT_EQ(car->wheels[0].colour, sample::Colour::deep_blue);
  EXPECT_EQ(ToJsonText(*car), text);
}

TEST(Reflect, EveryBrokenFieldIsNamed) {
  auto const car = FromJsonText<Car>(
      R"({"name":"toolong","seats":12,"wheels":[{"size":"x","colour":"green"},{"tyre":1}],"built":"yesterday","electric":1})");
  ASSERT_FALSE(car);
  std::map<std::string, std::string> found;
  for (auto const& field : car.error().fields) found[field.pointer] = field.code;
  std::map<std::string, std::string> const expected{{"/name", "too_long"},
                                                    {"/seats", "out_of_range"},
                                                    {"/wheels/0/size", "wrong_type"},
                                                    {"/wheels/0/colour", "not_allowed"},
                                                    {"/wheels/1/tyre", "unknown"},
                                                    {"/built", "bad_instant"},
                                                    {"/electric", "wrong_type"}};
  EXPECT_EQ(found, expected);
}

// A number without limits took infinity, which JSON cannot give back.
TEST(Reflect, NumbersAreFinite) {
  EXPECT_FALSE(FromJsonText<sample::Wheel>(R"({"size":1e999})"));
  auto const endless = FromJson<sample::Wheel>(json::object{{"size", std::numeric_limits<double>::infinity()}});
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().fields.at(0).pointer, "/size");
  EXPECT_EQ(endless.error().fields.at(0).code, "out_of_range");
  EXPECT_EQ(FromJsonText<sample::Wheel>(R"({"size":1.7e308})")->size, 1.7e308);
}

// Found by fuzzing: Boost.JSON reads some reals one bit off, and a negative zero came back as another text.
TEST(Reflect, RealNumbersSurviveAnyNumberOfRounds) {
  for (auto const* const text : {"1.8446744073e33", "-0.0", "-0.0e5", "5e-324", "1.7976931348623157e308", "0.1", "1e22",
                                 "123456789012345678901234567890", "2.2250738585072011e-308", "9007199254740993.0"}) {
    auto const once = ToText(ParseJson(text).value());
    EXPECT_EQ(ToText(ParseJson(once).value()), once) << text;
    EXPECT_EQ(ParseJson(text)->to_number<double>(), std::strtod(text, nullptr)) << text;
  }
}

TEST(Reflect, RequiredAndDefaults) {
  auto const missing = FromJsonText<Car>("{}");
  ASSERT_FALSE(missing);
  ASSERT_EQ(missing.error().fields.size(), 1U);
  EXPECT_EQ(missing.error().fields[0], (FieldError{"/name", "required"}));
  EXPECT_TRUE(FromJsonText<Car>(R"({"name":"a"})"));
  EXPECT_FALSE(FromJsonText<Car>(R"({"name":"  "})"));
}

TEST(Reflect, HostileText) {
  EXPECT_EQ(FromJsonText<Car>(std::string(100, '[')).error().key, "json.too_deep");
  EXPECT_EQ(FromJsonText<Car>("{\"name\":").error().key, "json.malformed");
  EXPECT_EQ(FromJsonText<Car>("{} x").error().key, "json.malformed");
  EXPECT_EQ(FromJsonText<Car>("").error().key, "json.malformed");
  EXPECT_EQ(ToText(*ParseJson(R"({"a":1,"a":[12,"x"],"b":{}} )")), R"({"a":[12,"x"],"b":{}})");
  EXPECT_EQ(FromJsonText<Car>("{\"name\":\"a\\u0000\"}").error().fields[0].code, "bad_characters");
}

TEST(Reflect, SchemaNamesAndLimits) {
  SchemaRegistry registry;
  auto const page = registry.Output<Page<Car>>();
  EXPECT_EQ(page.at("$ref"), "#/components/schemas/CarPage");
  auto const& car = registry.Components().at("Car").as_object();
  EXPECT_EQ(car.at("properties").at("name").at("maxLength").to_number<int>(), 5);
  EXPECT_EQ(car.at("properties").at("wheels").at("items").at("$ref"), "#/components/schemas/Wheel");
  EXPECT_EQ(car.at("required").as_array().size(), 4U);
}

}  // namespace
}  // namespace bole
