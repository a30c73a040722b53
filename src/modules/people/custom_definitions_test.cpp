#include "modules/people/custom_fields_test.hpp"

namespace bole::fields {
namespace {

using http::Method;

class DefinitionsTest : public FieldsTest {};

TEST_P(DefinitionsTest, AFieldHoldsInItsSubtreeAndIsChangedThereOnly) {
  auto const group = MustDefine(Definition("years", "integer"));
  auto const branch = Define(Hr(north.path), Definition("dialect", "text", {{"org_id", north.id}}));
  ASSERT_TRUE(branch) << Codes(branch);
  auto const keys_of = [&](Principal const& who, std::string const& org_id) {
    std::string out;
    auto const list = CallJson(who, Method::kGet, "/fields", "", {{"entity", "candidate"}, {"org_id", org_id}});
    for (auto const& item : list->at("items").as_array()) out += std::string(item.at("key").as_string()) + " ";
    return out;
  };
  EXPECT_EQ(keys_of(Hr(root.path), ""), "years dialect ");
  EXPECT_EQ(keys_of(Hr(north.path), ""), "years dialect ");
  EXPECT_EQ(keys_of(Hr(south.path), ""), "years ");
  EXPECT_EQ(keys_of(Hr(root.path), south.id), "years ");
  auto const id = std::string(group.at("id").as_string());
  json::object const change{{"version", 1}, {"title_zh", "年数"}, {"title_en", "Years"}};
  auto const refused = CallJson(Hr(north.path), Method::kPut, "/fields/" + id, ToText(change));
  EXPECT_EQ(refused.error().code, ErrorCode::kForbidden);
  EXPECT_EQ(refused.error().key, "custom_field.owner_only");
  EXPECT_EQ(CallJson(Hr(north.path), Method::kPost, "/fields/" + id + "/retire", R"({"version":1})").error().code,
            ErrorCode::kForbidden);
  EXPECT_EQ(Codes(Define(Hr(north.path), Definition("mine", "text"))), "/org_id not_found");
  auto const foreign = std::string(branch->at("id").as_string());
  EXPECT_EQ(CallJson(Hr(south.path), Method::kPut, "/fields/" + foreign, ToText(change)).error().code,
            ErrorCode::kNotFound);
  ASSERT_TRUE(CallJson(Hr(root.path), Method::kPut, "/fields/" + id, ToText(change)));
  EXPECT_EQ(LastAudit("field.update"), R"({"entity":"candidate","key":"years","changed":["title_zh","title_en"]})");
  EXPECT_EQ(CallJson(Hr(root.path), Method::kPut, "/fields/" + id, ToText(change)).error().key, "conflict.stale");
}

TEST_P(DefinitionsTest, KeysAreMadeAndNeverTwice) {
  auto definition = Definition("", "text", {{"title_en", "Driving licence"}});
  definition.erase("key");
  EXPECT_EQ(MustDefine(definition).at("key").as_string(), "driving_licence");
  EXPECT_EQ(MustDefine(definition).at("key").as_string(), "driving_licence_2");
  EXPECT_EQ(Codes(Define(Hr(root.path), Definition("driving_licence", "date"))), "/key taken");
  EXPECT_EQ(Codes(Define(Hr(root.path), Definition("x", "text", {{"entity", "employee"}}))), "/entity not_allowed")
      << "only an entity whose owner offers it";
  EXPECT_EQ(Codes(Define(Hr(root.path), Definition("x", "text", {{"entity", "job"}, {"sensitive", "pay"}}))),
            "/sensitive entity_not_sensitive");
}

TEST_P(DefinitionsTest, AUsedChoiceIsRetiredNotRemoved) {
  json::array const options{json::object{{"key", "b"}, {"title_zh", "乙"}}, json::object{{"title_zh", "丙"}}};
  auto const made = MustDefine(Definition("licence", "choice", {{"options", options}, {"filterable", true}}));
  EXPECT_EQ(made.at("options").at(1).at("key").as_string(), "o1");
  auto const candidate = AddCandidate(Hr(root.path), north.id, "张三", {{"licence", "b"}});
  ASSERT_TRUE(candidate) << Codes(candidate);
  auto const path = "/fields/" + std::string(made.at("id").as_string());
  json::object change{
      {"version", 1}, {"title_zh", "驾照"}, {"options", json::array{json::object{{"key", "o1"}, {"title_zh", "丙"}}}}};
  EXPECT_EQ(Codes(CallJson(Hr(root.path), Method::kPut, path, ToText(change))), "/options option_in_use");
  change["options"] = json::array{json::object{{"key", "b"}, {"title_zh", "乙"}, {"retired", true}},
                                  json::object{{"key", "c"}, {"title_zh", "丁"}}};
  auto const changed = CallJson(Hr(root.path), Method::kPut, path, ToText(change));
  ASSERT_TRUE(changed) << Codes(changed) << ": an unused choice may go";
  EXPECT_EQ(Codes(AddCandidate(Hr(root.path), north.id, "李四", {{"licence", "b"}})), "/custom/licence retired_option");
}

TEST_P(DefinitionsTest, ARetiredFieldKeepsItsValuesAndComesBack) {
  auto const made = MustDefine(Definition("years", "integer", {{"filterable", true}}));
  auto const path = "/fields/" + std::string(made.at("id").as_string());
  auto const candidate = AddCandidate(Hr(root.path), north.id, "张三", {{"years", 4}});
  ASSERT_TRUE(candidate) << Codes(candidate);
  auto const id = std::string(candidate->at("id").as_string());
  ASSERT_TRUE(CallJson(Hr(root.path), Method::kPost, path + "/retire", R"({"version":1})"));
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, "/candidates/" + id)->at("custom").at("years").as_int64(), 4);
  EXPECT_EQ(
      Codes(CallJson(Hr(root.path), Method::kPatch, "/candidates/" + id, R"({"version":1,"custom":{"years":5}})")),
      "/custom/years retired_field");
  EXPECT_EQ(Codes(CallJson(Hr(root.path), Method::kGet, "/candidates", "", {{"custom.years", "4"}})),
            "/custom.years unknown");
  auto const form = CallJson(Hr(root.path), Method::kGet, "/forms/candidate", "", {{"org_id", north.id}});
  EXPECT_TRUE(form->at("sections").as_array().empty());
  EXPECT_EQ(form->at("fields").at(0).at("state").as_string(), "retired");
  ASSERT_TRUE(CallJson(Hr(root.path), Method::kPost, path + "/restore", R"({"version":2})"));
  EXPECT_TRUE(CallJson(Hr(root.path), Method::kPatch, "/candidates/" + id, R"({"version":1,"custom":{"years":5}})"));
}

TEST_P(DefinitionsTest, AFormPlacesItsUnitsOwnFields) {
  auto const first = std::string(MustDefine(Definition("first", "text")).at("id").as_string());
  auto const second = std::string(MustDefine(Definition("second", "text")).at("id").as_string());
  auto const section = [&](json::array placed) {
    return json::object{
        {"org_id", root.id},
        {"version", 0},
        {"sections",
         json::array{json::object{
             {"key", "skills"}, {"title_zh", "技能"}, {"title_en", "Skills"}, {"fields", std::move(placed)}}}}};
  };
  auto const put = [&](Principal const& who, json::object const& body) {
    return CallJson(who, Method::kPut, "/forms/candidate", ToText(body));
  };
  json::object const placed{{"field_id", second}, {"forms", json::array{"detail"}}};
  auto const form = put(Hr(root.path), section({placed}));
  ASSERT_TRUE(form) << Codes(form);
  EXPECT_EQ(form->at("sections").at(0).at("fields").at(0).at("field_id").as_string(), second);
  EXPECT_EQ(form->at("sections").at(0).at("fields").at(1).at("field_id").as_string(), first) << "left out: at the end";
  EXPECT_EQ(put(Hr(root.path), section({placed})).error().key, "conflict.stale");
  auto body = section({placed, placed});
  body["version"] = 1;
  EXPECT_EQ(Codes(put(Hr(root.path), body)), "/sections/0/fields/1/field_id repeated");
  EXPECT_EQ(put(Hr(north.path), section({placed})).error().key, "custom_field.owner_only");
  body = section({placed});
  body["org_id"] = north.id;
  EXPECT_EQ(Codes(put(Hr(north.path), body)), "/sections/0/fields/0/field_id not_found");
  EXPECT_EQ(put(Hr(south.path), body).error().code, ErrorCode::kNotFound);
}

TEST_P(DefinitionsTest, WhoReadsNothingOfAnEntitySeesNoFields) {
  MustDefine(Definition("years", "integer"));
  auto const nobody = User({"org.read"}, root.path);
  EXPECT_EQ(CallJson(nobody, Method::kGet, "/fields", "", {{"entity", "candidate"}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(CallJson(nobody, Method::kGet, "/forms/candidate", "", {{"org_id", root.id}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_TRUE(CallJson(nobody, Method::kGet, "/field-entities")->at("items").as_array().empty());
  EXPECT_EQ(Define(User({"candidate.read"}, root.path), Definition("x", "text")).error().code, ErrorCode::kForbidden);
}

BOLE_STORE_SUITE(DefinitionsTest);

}  // namespace
}  // namespace bole::fields
