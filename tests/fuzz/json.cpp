// The JSON reader: into free values and into described structs with rules.
#include "base/text.hpp"
#include "platform/reflect/reflect.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::fuzz {

enum class Colour { red, deep_blue };
BOOST_DESCRIBE_ENUM(Colour, red, deep_blue)

struct Wheel {
  double size = 0;
  Colour colour = Colour::red;
  std::int32_t turns = 0;
};
BOOST_DESCRIBE_STRUCT(Wheel, (), (size, colour, turns))

struct Car {
  std::string name;
  std::optional<std::int64_t> seats;
  std::vector<Wheel> wheels;
  std::map<std::string, std::vector<std::string>> parts;
  Instant built{};
  std::optional<Date> sold;
  bool electric = false;
  json::object extra;
};
BOOST_DESCRIBE_STRUCT(Car, (), (name, seats, wheels, parts, built, sold, electric, extra))

}  // namespace bole::fuzz

namespace bole {

template <>
inline constexpr auto kRules<fuzz::Car> =
    std::tuple{Field<&fuzz::Car::name>{{.min_length = 1, .max_length = 20}},
               Field<&fuzz::Car::seats>{{.min = 1, .max = 9}}, Field<&fuzz::Car::wheels>{{.max_length = 4}}};

namespace fuzz {
namespace {

std::size_t DepthOf(json::value const& value) {
  std::size_t deepest = 0;
  if (auto const* array = value.if_array())
    for (auto const& each : *array) deepest = std::max(deepest, DepthOf(each));
  else if (auto const* object = value.if_object())
    for (auto const& each : *object) deepest = std::max(deepest, DepthOf(each.value()));
  else
    return 0;
  return deepest + 1;
}

void CheckFree(std::string_view text) {
  auto const value = ParseJson(text);
  if (!value) return Require(value.error().code == ErrorCode::kInvalid, "malformed JSON is the sender's fault");
  Require(DepthOf(*value) <= 32, "no deeper than 32");
  auto const written = ToText(*value);
  auto const again = ParseJson(written);
  Require(again.has_value(), "what was written can be read");
  Require(ToText(*again) == written, "equal values give equal bytes");
  auto const pretty = ParseJson(ToText(*value, true));
  Require(pretty.has_value() && ToText(*pretty) == written, "pretty text means the same");
}

void CheckDescribed(std::string_view text) {
  auto const car = FromJsonText<Car>(text);
  if (!car) {
    for (auto const& field : car.error().fields)
      Require(field.pointer.empty() || field.pointer.starts_with('/'), "a broken field has a pointer");
    return;
  }
  Require(!Trim(car->name).empty() && CountCodePoints(car->name) <= 20, "the rule of the name");
  Require(!car->seats || (*car->seats >= 1 && *car->seats <= 9), "the rule of the seats");
  Require(car->wheels.size() <= 4, "the rule of the wheels");
  auto const written = ToJsonText(*car);
  auto const again = FromJsonText<Car>(written);
  Require(again.has_value(), "an accepted struct is accepted again");
  Require(ToJsonText(*again) == written, "a struct survives the round trip");
}

}  // namespace
}  // namespace fuzz
}  // namespace bole

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = bole::fuzz::Text(data, size);
  bole::fuzz::CheckFree(text);
  bole::fuzz::CheckDescribed(text);
  return 0;
}
