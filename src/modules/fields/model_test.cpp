#include "modules/fields/model.hpp"

#include <gtest/gtest.h>

namespace bole::fields {
namespace {

CustomFieldView Of(FieldType type) {
  CustomFieldView out;
  out.id = "F", out.key = "f", out.type = type, out.title_zh = "字段";
  if (type == FieldType::choice || type == FieldType::choices)
    out.options = {{"a", "甲", "A"}, {"b", "乙", "B"}, {"old", "旧", "Old", true}};
  return out;
}

std::string Read(CustomFieldView const& field, std::string const& text, Texts const& stored = {}) {
  FieldErrors errors;
  auto const texts = ReadValue(field, *ParseJson(text), "/f", errors, stored);
  if (texts) return ToText(ToJson(field, *texts));
  return errors.size() == 1 ? errors[0].code : "several errors";
}

TEST(FieldModel, ValuesOfEveryTypeAreReadInNormalForm) {
  EXPECT_EQ(Read(Of(FieldType::text), R"("  驾驶 ")"), R"("驾驶")");
  EXPECT_EQ(Read(Of(FieldType::text), R"("two\nlines")"), "bad_characters");
  EXPECT_EQ(Read(Of(FieldType::long_text), R"("two\nlines")"), R"("two\nlines")");
  EXPECT_EQ(Read(Of(FieldType::integer), "-7"), "-7");
  EXPECT_EQ(Read(Of(FieldType::integer), "7.5"), "out_of_range");
  EXPECT_EQ(Read(Of(FieldType::integer), R"("7")"), "wrong_type");
  EXPECT_EQ(Read(Of(FieldType::decimal), "0.1"), "0.1");
  EXPECT_EQ(Read(Of(FieldType::date), R"("2026-02-28")"), R"("2026-02-28")");
  EXPECT_EQ(Read(Of(FieldType::date), R"("2026-02-30")"), "bad_date");
  EXPECT_EQ(Read(Of(FieldType::yes_no), "false"), "false");
  EXPECT_EQ(Read(Of(FieldType::choices), R"(["b","a","b"])"), R"(["b","a"])");
  EXPECT_EQ(Read(Of(FieldType::choices), R"("a")"), "wrong_type");
  EXPECT_EQ(Read(Of(FieldType::phone), R"("(010) 1234-5678")"), R"("01012345678")");
  EXPECT_EQ(Read(Of(FieldType::phone), R"("call me")"), "bad_phone");
  EXPECT_EQ(Read(Of(FieldType::email), R"(" A@Example.com")"), R"("a@example.com")");
  EXPECT_EQ(Read(Of(FieldType::email), R"("a@b")"), "bad_email");
  EXPECT_EQ(Read(Of(FieldType::link), R"("https://example.com/a")"), R"("https://example.com/a")");
  EXPECT_EQ(Read(Of(FieldType::link), R"x("javascript:alert(1)")x"), "bad_link");
  for (auto const* nothing : {"null", R"("  ")", "[]"}) EXPECT_EQ(Read(Of(FieldType::choices), nothing), "null");
}

TEST(FieldModel, LimitsHoldByType) {
  auto number = Of(FieldType::integer);
  number.minimum = "2", number.maximum = "10";
  EXPECT_EQ(Read(number, "1"), "at_least");
  EXPECT_EQ(Read(number, "10"), "10");
  EXPECT_EQ(Read(number, "11"), "at_most");
  auto date = Of(FieldType::date);
  date.minimum = "2020-01-01";
  EXPECT_EQ(Read(date, R"("2019-12-31")"), "at_least");
  auto text = Of(FieldType::text);
  text.maximum = "2";
  EXPECT_EQ(Read(text, R"("汉字")"), R"("汉字")") << "characters, not bytes";
  EXPECT_EQ(Read(text, R"("汉字表")"), "too_long");
  auto choices = Of(FieldType::choices);
  choices.maximum = "1";
  EXPECT_EQ(Read(choices, R"(["a","b"])"), "too_many");
}

TEST(FieldModel, ARetiredChoiceStaysWhereItIsStored) {
  auto const field = Of(FieldType::choice);
  EXPECT_EQ(Read(field, R"("old")"), "retired_option");
  EXPECT_EQ(Read(field, R"("old")", {"old"}), R"("old")");
  EXPECT_EQ(Read(field, R"("new")"), "not_allowed");
}

TEST(FieldModel, FilterKeysSortAsValuesDo) {
  auto const key = [](FieldType type, std::string const& text) { return *FilterKey(Of(type), text); };
  std::vector<std::string> const numbers{"-1E3", "-2", "-0.5", "0", "0.25", "3", "1E9"};
  for (std::size_t i = 1; i < numbers.size(); ++i)
    EXPECT_LT(key(FieldType::decimal, numbers[i - 1]), key(FieldType::decimal, numbers[i])) << numbers[i];
  EXPECT_LT(key(FieldType::date, "1969-12-31"), key(FieldType::date, "2026-01-01"));
  EXPECT_EQ(key(FieldType::text, "ABC"), key(FieldType::text, "abc"));
  auto secret = Of(FieldType::text);
  secret.sensitive = Sensitivity::contact;
  EXPECT_FALSE(FilterKey(secret, "abc"));
  EXPECT_FALSE(FilterKey(Of(FieldType::long_text), "abc"));
}

TEST(FieldModel, FiltersTakeRangesOfNumbersAndDates) {
  auto const read = [](FieldType type, std::string const& text) {
    FieldErrors errors;
    auto const out = ReadFilter(Of(type), text, "/custom.f", errors);
    return out ? (out->exact() ? "exact" : "range") : errors.at(0).code;
  };
  EXPECT_EQ(read(FieldType::integer, "3"), "exact");
  EXPECT_EQ(read(FieldType::integer, "3..5"), "range");
  EXPECT_EQ(read(FieldType::integer, "..5"), "range");
  EXPECT_EQ(read(FieldType::integer, ".."), "bad_number");
  EXPECT_EQ(read(FieldType::integer, "x"), "bad_number");
  EXPECT_EQ(read(FieldType::date, "2026-01-01.."), "range");
  EXPECT_EQ(read(FieldType::date, "soon"), "bad_date");
  EXPECT_EQ(read(FieldType::choice, "a"), "exact");
  EXPECT_EQ(read(FieldType::choice, "z"), "not_allowed");
  EXPECT_EQ(read(FieldType::yes_no, "maybe"), "not_allowed");
  EXPECT_EQ(read(FieldType::text, "a..b"), "exact");
}

TEST(FieldModel, MasksTellNothingOfShortValuesAndNumbers) {
  auto field = Of(FieldType::text);
  EXPECT_EQ(Mask(field, "1234567"), "****");
  EXPECT_EQ(Mask(field, "AB12345678"), "A****78");
  field.type = FieldType::integer;
  EXPECT_EQ(Mask(field, "123456789"), "****");
}

TEST(FieldModel, DefinitionsAreCheckedWithTheirPlace) {
  auto const check = [](CustomFieldView field) {
    FieldErrors errors;
    CheckDefinition(field, nullptr, errors);
    std::string out;
    for (auto const& error : errors) out += error.pointer + " " + error.code + ";";
    return out;
  };
  EXPECT_EQ(check(Of(FieldType::choice)), "");
  auto field = Of(FieldType::text);
  field.key = "Bad key";
  EXPECT_EQ(check(field), "/key bad_field_key;");
  field = Of(FieldType::text);
  field.options = {{"a", "甲", "A"}};
  EXPECT_EQ(check(field), "/options not_allowed;");
  field = Of(FieldType::choice);
  field.options.clear();
  EXPECT_EQ(check(field), "/options too_few;");
  field = Of(FieldType::integer);
  field.minimum = "5", field.maximum = "3";
  EXPECT_EQ(check(field), "/maximum at_least;");
  field = Of(FieldType::date);
  field.minimum = "5";
  EXPECT_EQ(check(field), "/minimum bad_date;");
  field = Of(FieldType::yes_no);
  field.maximum = "5";
  EXPECT_EQ(check(field), "/maximum not_allowed;");
  field = Of(FieldType::integer);
  field.default_value = json::value("x");
  EXPECT_EQ(check(field), "/default_value wrong_type;");
  field = Of(FieldType::text);
  field.sensitive = Sensitivity::pay, field.filterable = true;
  EXPECT_EQ(check(field), "/filterable sensitive_not_filterable;");
  EXPECT_EQ(KeyFrom("Driving licence (B)"), "driving_licence_b");
  EXPECT_EQ(KeyFrom("驾照"), "field");
}

TEST(FieldModel, ABranchGoesOnInASectionOfTheGroup) {
  auto hq = Of(FieldType::text), branch = Of(FieldType::text), loose = Of(FieldType::text);
  hq.id = "1", hq.org_id = "HQ";
  branch.id = "2", branch.org_id = "BJ";
  loose.id = "3", loose.org_id = "BJ";
  auto const sections =
      Arrange({hq, branch, loose}, {{"HQ", {{"skills", "技能", "Skills", {{"1", {FormKind::detail}}}}}},
                                    {"BJ",
                                     {{"skills", "别的", "Other", {{"2", {FormKind::create}}}},
                                      {"local", "本行", "Local", {{"1", {FormKind::create}}}}}}});
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(sections[0].title_en, "Skills") << "the words of the unit above hold";
  EXPECT_EQ(sections[0].fields.size(), 2U);
  EXPECT_EQ(sections[1].key, "local");
  EXPECT_EQ(sections[1].fields.at(0).field_id, "3")
      << "a branch cannot move the group's field; its own follow at the end";
  EXPECT_FALSE(StandsOn(sections, "1", FormKind::create));
  EXPECT_TRUE(StandsOn(sections, "2", FormKind::create));
}

}  // namespace
}  // namespace bole::fields
