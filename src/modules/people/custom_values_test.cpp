#include "modules/people/custom_fields_test.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::fields {
namespace {

using http::Method;

class ValuesTest : public FieldsTest {
 protected:
  std::string Names(Principal const& who, http::Pairs query) {
    auto const list = CallJson(who, Method::kGet, "/candidates", "", std::move(query));
    if (!list) return Codes(list);
    std::string out;
    for (auto const& item : list->at("items").as_array()) out += std::string(item.at("name").as_string()) + " ";
    auto const total = list->at("total").as_int64();
    return total == static_cast<std::int64_t>(list->at("items").as_array().size()) ? out : out + std::to_string(total);
  }
};

TEST_P(ValuesTest, ACandidateCarriesItsFieldsThroughCreateChangeAndDetail) {
  MustDefine(Definition("years", "integer", {{"minimum", "0"}, {"maximum", "50"}, {"required", true}}));
  MustDefine(Definition("mobile", "yes_no", {{"default_value", true}}));
  auto const hr = Hr(north.path);
  EXPECT_EQ(Codes(AddCandidate(hr, north.id, "张三", {})), "/custom/years required");
  EXPECT_EQ(Codes(AddCandidate(hr, north.id, "张三", {{"years", 51}, {"shoe", 1}})),
            "/custom/shoe unknown, /custom/years at_most");
  auto const made = AddCandidate(hr, north.id, "张三", {{"years", 3}});
  ASSERT_TRUE(made) << Codes(made);
  EXPECT_EQ(ToText(made->at("custom")), R"({"years":3,"mobile":true})");
  EXPECT_EQ(LastAudit("candidate.create"), R"({"custom":["years","mobile"]})");
  auto const path = "/candidates/" + std::string(made->at("id").as_string());
  auto const changed = CallJson(hr, Method::kPatch, path, R"({"version":1,"custom":{"years":3,"mobile":null}})");
  ASSERT_TRUE(changed) << Codes(changed);
  EXPECT_EQ(ToText(changed->at("custom")), R"({"years":3})");
  EXPECT_EQ(LastAudit("candidate.update"), R"({"custom":["mobile"]})") << "what is as it was is no change";
  EXPECT_EQ(Codes(CallJson(hr, Method::kPatch, path, R"({"version":2,"custom":{"years":""}})")),
            "/custom/years required");
  EXPECT_EQ(CallJson(hr, Method::kPatch, path, R"({"version":1,"custom":{"years":9}})").error().key, "conflict.stale");
  EXPECT_EQ(ToText(CallJson(hr, Method::kGet, path + "/file")->at("candidate").at("custom")), R"({"years":3})");
  EXPECT_FALSE(CallJson(hr, Method::kGet, "/candidates")->at("items").at(0).as_object().contains("custom"));
}

TEST_P(ValuesTest, ARefusedRecordLeavesNoValues) {
  MustDefine(Definition("years", "integer"));
  ASSERT_TRUE(CallJson(Hr(north.path), Method::kPost, "/candidates",
                       ToText(json::object{{"org_id", north.id}, {"name", "张三"}, {"phone", "13812341234"}})));
  auto const again = CallJson(
      Hr(north.path), Method::kPost, "/candidates",
      ToText(json::object{
          {"org_id", north.id}, {"name", "张三"}, {"phone", "13812341234"}, {"custom", json::object{{"years", 3}}}}));
  EXPECT_EQ(again.error().key, "candidate.duplicate");
  EXPECT_EQ(db->Read([](db::Tx& tx) { return tx.Scalar<std::int64_t>({"t", "SELECT COUNT(*) FROM field_value"}); }), 0);
}

TEST_P(ValuesTest, ABranchFieldIsUnknownElsewhere) {
  ASSERT_TRUE(Define(Hr(north.path), Definition("dialect", "text", {{"org_id", north.id}})));
  EXPECT_EQ(Codes(AddCandidate(Hr(south.path), south.id, "张三", {{"dialect", "粤语"}})), "/custom/dialect unknown");
  EXPECT_EQ(Codes(AddCandidate(Hr(north.path), north.id, "张三", {{"dialect", "京片子"}})), "fine");
}

TEST_P(ValuesTest, SensitiveValuesAreEncryptedMaskedAndRevealedByLevel) {
  MustDefine(Definition("passport", "text", {{"sensitive", "id_number"}}));
  auto const made = AddCandidate(Hr(north.path), north.id, "张三", {{"passport", "E12345678"}});
  ASSERT_TRUE(made) << Codes(made);
  EXPECT_EQ(made->at("custom").at("passport").as_string(), "E****78");
  auto const stored = db->Read([](db::Tx& tx) {
    return *tx.Scalar<std::string>(
        {"t", "SELECT value || secret || masked || COALESCE(filter_key, '-') FROM field_value"});
  });
  EXPECT_EQ(stored.find("12345"), std::string::npos);
  EXPECT_EQ(stored.back(), '-');
  auto const path = "/candidates/" + std::string(made->at("id").as_string());
  EXPECT_EQ(CallJson(Hr(north.path), Method::kGet, path + "/reveal")->at("custom").at("passport").as_string(),
            "E12345678");
  auto masked = Hr(north.path);
  masked.fields = {{FieldClass::contact, FieldLevel::reveal, north.path},
                   {FieldClass::id_number, FieldLevel::masked, north.path}};
  EXPECT_EQ(CallJson(masked, Method::kGet, path)->at("custom").at("passport").as_string(), "E****78");
  EXPECT_FALSE(CallJson(masked, Method::kGet, path + "/reveal")->at("custom").as_object().contains("passport"));
  auto hidden = Hr(north.path);
  hidden.fields.clear();
  EXPECT_FALSE(CallJson(hidden, Method::kGet, path)->at("custom").as_object().contains("passport"));
  EXPECT_EQ(Codes(CallJson(hidden, Method::kPatch, path, R"({"version":1,"custom":{"passport":"X"}})")),
            "/custom/passport field_hidden");
  EXPECT_EQ(Codes(CallJson(Hr(north.path), Method::kGet, "/candidates", "", {{"custom.passport", "E12345678"}})),
            "/custom.passport not_filterable");
}

TEST_P(ValuesTest, ListsNarrowByFieldsInEveryCombination) {
  json::array const options{json::object{{"key", "b"}, {"title_zh", "乙"}},
                            json::object{{"key", "c"}, {"title_zh", "丙"}}};
  MustDefine(Definition("years", "integer", {{"filterable", true}}));
  MustDefine(Definition("licences", "choices", {{"filterable", true}, {"options", options}}));
  MustDefine(Definition("note2", "text"));
  auto const hq = Hr(root.path);
  auto const add = [&](std::string const& org, char const* name, std::int64_t years, json::array licences) {
    auto const made = AddCandidate(hq, org, name, {{"years", years}, {"licences", std::move(licences)}});
    ASSERT_TRUE(made) << Codes(made);
  };
  add(north.id, "A", 1, {"b"});
  add(north.id, "B", 3, {"b", "c"});
  add(south.id, "C", 3, {"c"});
  add(south.id, "D", -5, {});
  EXPECT_EQ(Names(hq, {{"custom.years", "3"}}), "C B ");
  EXPECT_EQ(Names(Hr(north.path), {{"custom.years", "3"}}), "B ");
  EXPECT_EQ(Names(hq, {{"custom.years", "0..2"}}), "A ");
  EXPECT_EQ(Names(hq, {{"custom.years", "..1"}}), "D A ");
  EXPECT_EQ(Names(hq, {{"custom.licences", "c"}}), "C B ");
  EXPECT_EQ(Names(hq, {{"custom.licences", "b"}, {"custom.years", "3"}}), "B ");
  EXPECT_EQ(Names(hq, {{"custom.licences", "b"}, {"custom.years", "2.."}}), "B ");
  EXPECT_EQ(Names(hq, {{"custom.years", "3"}, {"org_id", south.id}}), "C ");
  EXPECT_EQ(Names(hq, {{"custom.years", "3"}, {"source", "other"}, {"org_id", south.id}}), "C ");
  EXPECT_EQ(Names(hq, {{"custom.years", "1.."}, {"org_id", north.id}}), "B A ");
  EXPECT_EQ(Names(hq, {{"custom.years", "3"}, {"q", "b"}}), "B ");
  EXPECT_EQ(Names(hq, {{"custom.years", "3"}, {"limit", "1"}}), "C 2");
  EXPECT_EQ(Names(hq, {{"custom.years", ""}}), "D C B A ");
  EXPECT_EQ(Names(hq, {{"custom.note2", "x"}}), "/custom.note2 not_filterable");
  EXPECT_EQ(Names(hq, {{"custom.shoe", "x"}}), "/custom.shoe unknown");
  EXPECT_EQ(Names(hq, {{"custom.years", "x"}}), "/custom.years bad_number");
  EXPECT_EQ(Names(hq, {{"other.years", "x"}}), "/other.years unknown");
}

TEST_P(ValuesTest, ExportsKeepTheFiltersOfTheList) {
  MustDefine(Definition("level", "text", {{"filterable", true}}));
  MustDefine(Definition("hazard", "yes_no", {{"entity", "job"}, {"filterable", true}}));
  ASSERT_TRUE(AddCandidate(Hr(north.path), north.id, "甲甲", {{"level", "high"}}));
  ASSERT_TRUE(AddCandidate(Hr(north.path), north.id, "乙乙", {{"level", "low"}}));
  with_headers = {{"x-bole-purpose", "recruiting"}};
  auto const book =
      Call(Hr(north.path), Method::kGet, "/candidates/export", "", {{"format", "csv"}, {"custom.level", "high"}});
  ASSERT_TRUE(book) << book.error().key;
  auto const& text = std::get<std::string>(book->body);
  EXPECT_NE(text.find("甲甲"), std::string::npos);
  EXPECT_EQ(text.find("乙乙"), std::string::npos);
  for (auto const* name : {"first", "second"})
    ASSERT_TRUE(Call(Hr(north.path), Method::kPost, "/jobs",
                     ToText(json::object{{"org_id", north.id},
                                         {"code", name},
                                         {"name", name},
                                         {"custom", json::object{{"hazard", std::string_view(name) == "first"}}}})));
  auto const jobs =
      Call(Hr(north.path), Method::kGet, "/jobs/export", "", {{"format", "csv"}, {"custom.hazard", "true"}});
  ASSERT_TRUE(jobs) << jobs.error().key;
  EXPECT_NE(std::get<std::string>(jobs->body).find("first"), std::string::npos);
  EXPECT_EQ(std::get<std::string>(jobs->body).find("second"), std::string::npos);
}

TEST_P(ValuesTest, AJobCarriesFieldsToo) {
  MustDefine(Definition("hazard", "yes_no", {{"entity", "job"}, {"filterable", true}}));
  auto const hr = Hr(north.path);
  auto const made = CallJson(
      hr, Method::kPost, "/jobs",
      ToText(json::object{
          {"org_id", north.id}, {"code", "J1"}, {"name", "柜员"}, {"custom", json::object{{"hazard", true}}}}));
  ASSERT_TRUE(made) << Codes(made);
  EXPECT_EQ(LastAudit("job.create"), R"({"code":"J1","custom":["hazard"]})");
  auto const path = "/jobs/" + std::string(made->at("id").as_string());
  EXPECT_TRUE(CallJson(hr, Method::kGet, path)->at("custom").at("hazard").as_bool());
  auto const count = [&](char const* value) {
    return CallJson(hr, Method::kGet, "/jobs", "", {{"custom.hazard", value}})->at("total").as_int64();
  };
  EXPECT_EQ(count("true"), 1);
  EXPECT_EQ(count("false"), 0);
  ASSERT_TRUE(CallJson(hr, Method::kPatch, path, R"({"version":1,"custom":{"hazard":false}})"));
  EXPECT_EQ(count("true"), 0);
}

TEST_P(ValuesTest, ImportsReadCellsAndExportsWriteThem) {
  json::array const options{json::object{{"key", "b"}, {"title_zh", "乙"}, {"title_en", "Class B"}},
                            json::object{{"key", "c"}, {"title_zh", "丙"}}};
  MustDefine(Definition("years", "integer"));
  MustDefine(Definition("licences", "choices", {{"options", options}}));
  MustDefine(Definition("mobile", "yes_no"));
  MustDefine(Definition("passport", "text", {{"sensitive", "contact"}}));
  ASSERT_TRUE(Define(Hr(south.path), Definition("dialect", "text", {{"org_id", south.id}})));
  db->Write([&](db::Tx& tx) {
    Scope const scope(Hr(north.path), "candidate.write");
    auto const columns = api->Columns(tx, scope, "candidate", north.path, i18n::Locale::kEnUs);
    ASSERT_EQ(columns.size(), 4U) << "not the field of another branch";
    EXPECT_EQ(columns[0].title, "Field years");
    FieldErrors errors;
    json::object custom;
    std::vector<std::string> const cells{"1,200", "class b、丙", "是", "E12345678"};
    for (std::size_t i = 0; i < cells.size(); ++i)
      custom[columns[i].field.key] = api->Parse(columns[i], cells[i], "/" + std::to_string(i), errors).value();
    EXPECT_FALSE(api->Parse(columns[0], "many", "/C7", errors));
    EXPECT_EQ(errors, (FieldErrors{{"/C7", "bad_number"}}));
    errors.clear();
    Record const record{"candidate", NewUlid(clock.Now()), north.id, north.path};
    auto const draft = api->Check(tx, scope, record, custom, Writing::create, errors);
    EXPECT_TRUE(errors.empty());
    api->Store(tx, record, draft);
    auto const texts = api->Texts(tx, scope, columns, {record.id}, i18n::Locale::kEnUs);
    EXPECT_EQ(texts.at(record.id), (std::vector<std::string>{"1200", "Class B, 丙", "Yes", "E****78"}));
  });
}

TEST_P(ValuesTest, APersonsCopyHoldsThemAndErasureTakesThem) {
  MustDefine(Definition("passport", "text", {{"sensitive", "id_number"}}));
  auto const made = AddCandidate(Hr(north.path), north.id, "张三", {{"passport", "E12345678"}});
  ASSERT_TRUE(made);
  DataSubject const subject{"", {std::string(made->at("id").as_string())}, {}};
  auto const held = MakePersonalData(context);
  db->Write([&](db::Tx& tx) {
    EXPECT_NE(ToText(held->Export(tx, subject).value().document).find("E12345678"), std::string::npos);
    EXPECT_TRUE(held->Erase(tx, subject, DataKind::recordings).empty());
    EXPECT_EQ(held->Erase(tx, subject, DataKind::profile), (DataCounts{{"field_value", 1}}));
    EXPECT_EQ(held->Erase(tx, subject, DataKind::profile), (DataCounts{{"field_value", 0}}));
  });
}

BOLE_STORE_SUITE(ValuesTest);

}  // namespace
}  // namespace bole::fields
