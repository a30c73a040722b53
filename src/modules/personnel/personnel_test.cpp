#include "modules/personnel/personnel_test.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::personnel {
namespace {

using http::Method;

constexpr char const* kIdNumber = "11010519491231002X";

TEST_P(PersonnelTest, AnEmployeeIsAPersonMaskedAndEncrypted) {
  auto const made = Hire("000123", "张三", north.id,
                         {{"phone", "13812341234"}, {"id_number", kIdNumber}, {"probation_until", "2026-01-05"}});
  EXPECT_EQ(Text(made, "number"), "000123");
  EXPECT_EQ(Text(made, "phone_masked"), "138****1234");
  EXPECT_EQ(Text(made, "state"), "probation");
  EXPECT_EQ(CountAudit("employee.create"), 1);
  auto const stored = db->Read([](db::Tx& tx) {
    return *tx.Scalar<std::string>({"t", "SELECT phone || phone_index || id_number || id_number_index FROM person"});
  });
  for (auto const* clear : {"12341234", "19491231"}) EXPECT_EQ(stored.find(clear), std::string::npos) << clear;
  auto const path = PathOf(made) + "/reveal";
  EXPECT_EQ(Codes(CallJson(User({"employee.read"}, "/"), Method::kGet, path)), "forbidden");
  EXPECT_EQ(Text(*CallJson(Hr(north.path), Method::kGet, path), "phone"), "+8613812341234");
  EXPECT_EQ(CountAudit("employee.reveal"), 1);
  with_headers.clear();
  EXPECT_EQ(Codes(CallJson(Hr(north.path), Method::kGet, path)), "purpose.required");
}

TEST_P(PersonnelTest, ACandidateIsHiredWithoutRetyping) {
  auto const candidate =
      Post(Hr(root.path), "/candidates", {{"org_id", north.id}, {"name", "张三"}, {"phone", "13812341234"}});
  ASSERT_TRUE(candidate) << Codes(candidate);
  json::object body{
      {"number", "1"}, {"org_id", south.id}, {"hired_on", "2025-11-22"}, {"candidate_id", candidate->at("id")}};
  EXPECT_EQ(Codes(Post(Hr(south.path), "/employees", body)), "/candidate_id not_found");
  auto const made = Post(Hr(root.path), "/employees", body);
  ASSERT_TRUE(made) << Codes(made);
  EXPECT_EQ(Text(*made, "name"), "张三");
  EXPECT_EQ(made->at("person_id"), candidate->at("person_id"));
  EXPECT_EQ(Rows("person"), 1);
  auto const file = CallJson(Hr(root.path), Method::kGet, "/candidates/" + Text(*candidate, "id") + "/file");
  EXPECT_EQ(Text(file->at("events").at(0), "kind"), "hired");
  EXPECT_EQ(Numbers(Hr(root.path), {{"person_id", Text(*candidate, "person_id")}}), "1 ");
  body["number"] = "2";
  auto const again = Post(Hr(root.path), "/employees", body);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "employee.employed");
  EXPECT_EQ(again.error().params.at("existing_name"), "张三");
}

TEST_P(PersonnelTest, APersonIsRecognisedAndEmployedOnce) {
  auto const first = Hire("1", "张三", north.id, {{"id_number", kIdNumber}});
  auto const again = Post(Hr(root.path), "/employees", Body("2", "张三", south.id, {{"id_number", kIdNumber}}));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().params.at("number"), "1");
  auto const blind = Post(Hr(south.path), "/employees", Body("2", "张三", south.id, {{"id_number", kIdNumber}}));
  EXPECT_EQ(blind.error().key, "employee.employed_elsewhere") << "nothing of another branch is told";
  EXPECT_TRUE(blind.error().params.empty());
  EXPECT_EQ(Codes(Post(Hr(root.path), "/employees", Body("1", "李四", north.id))), "/number taken");
  auto const other = Hire("2", "李四", north.id);
  EXPECT_EQ(Codes(Patch(Hr(root.path), other, {{"id_number", kIdNumber}})), "/id_number taken");
  EXPECT_EQ(Codes(Patch(Hr(root.path), other, {{"number", "1"}})), "/number taken");
}

TEST_P(PersonnelTest, ManagersMakeNoCircle) {
  auto const head = Hire("1", "甲", root.id);
  auto const middle = Hire("2", "乙", north.id, {{"manager_id", head.at("id")}});
  EXPECT_EQ(Text(middle, "manager_name"), "甲");
  auto const clerk = Hire("3", "丙", outlet.id, {{"manager_id", middle.at("id")}});
  EXPECT_EQ(Codes(Patch(Hr(root.path), head, {{"manager_id", clerk.at("id")}})), "/manager_id manager_circle");
  EXPECT_EQ(Codes(Patch(Hr(root.path), head, {{"manager_id", head.at("id")}})), "/manager_id manager_circle");
  auto const stranger = Hire("4", "丁", south.id);
  EXPECT_EQ(Codes(Patch(Hr(north.path), clerk, {{"manager_id", stranger.at("id")}})), "/manager_id not_found");
  EXPECT_EQ(Codes(Patch(Hr(north.path), clerk, {{"manager_id", head.at("id")}})), "fine") << "of a unit above";
  EXPECT_EQ(CallJson(Hr(root.path), Method::kGet, PathOf(head) + "/file")->at("reports").as_int64(), 2);
}

TEST_P(PersonnelTest, AStaleVersionIsAConflictAndLosesNothing) {
  auto const made = Hire("1", "张三", north.id, {{"phone", "13812341234"}});
  auto const after = Patch(Hr(root.path), made, {{"employment", "intern"}, {"hired_on", "2025-02-01"}});
  ASSERT_TRUE(after) << Codes(after);
  EXPECT_EQ(Codes(Patch(Hr(root.path), made, {{"employment", "full_time"}})), "conflict.stale");
  auto const file = CallJson(Hr(root.path), Method::kGet, PathOf(made) + "/file");
  EXPECT_EQ(Text(file->at("employee"), "employment"), "intern");
  EXPECT_EQ(Text(file->at("employee"), "phone_masked"), "138****1234");
  EXPECT_EQ(ToText(file->at("events").at(0).at("fields")), R"(["employment","hired_on"])");
  EXPECT_EQ(Text(file->at("events").at(1), "kind"), "hired");
}

TEST_P(PersonnelTest, WhatIsHiddenIsNotShownFoundOrOverwritten) {
  auto const made = Hire("1", "张三", north.id, {{"phone", "13812341234"}, {"id_number", kIdNumber}});
  auto blind = Hr(root.path);
  blind.fields = {{FieldClass::contact, FieldLevel::hidden, root.path},
                  {FieldClass::id_number, FieldLevel::hidden, root.path}};
  auto const seen = *CallJson(blind, Method::kGet, PathOf(made));
  EXPECT_EQ(Text(seen, "phone_masked") + Text(seen, "id_number_masked"), "");
  EXPECT_EQ(Numbers(blind, {{"q", "13812341234"}}) + Numbers(blind, {{"q", kIdNumber}}), "");
  EXPECT_EQ(Numbers(Hr(north.path), {{"q", "13812341234"}}) + Numbers(Hr(north.path), {{"q", kIdNumber}}), "1 1 ");
  EXPECT_EQ(Codes(Patch(blind, made, {{"phone", "13900000000"}, {"id_number", ""}})),
            "/phone field_hidden, /id_number field_hidden");
  EXPECT_EQ(Codes(CallJson(blind, Method::kGet, PathOf(made) + "/reveal")), "employee.fields_closed");
}

TEST_P(PersonnelTest, AnotherBranchSeesNothing) {
  auto const made = Hire("1", "张三", north.id, {{"phone", "13812341234"}});
  auto const stranger = Hr(south.path);
  for (auto const* tail : {"", "/file", "/reveal"})
    EXPECT_EQ(Codes(CallJson(stranger, Method::kGet, PathOf(made) + tail)), "not_found") << tail;
  EXPECT_EQ(Codes(Patch(stranger, made, {{"grade", ""}})), "not_found");
  json::object const leave{{"version", 1}, {"left_on", "2025-11-22"}, {"reason", "other"}};
  EXPECT_EQ(Codes(Post(stranger, PathOf(made) + "/leave", leave)), "not_found");
  EXPECT_EQ(Codes(Post(stranger, PathOf(made) + "/rehire", Body("2", "", south.id))), "/name unknown");
  for (auto const* q : {"", "张三", "1", "13812341234"}) EXPECT_EQ(Numbers(stranger, {{"q", q}}), "") << q;
  EXPECT_EQ(Codes(Post(stranger, "/employees", Body("2", "李四", north.id))), "/org_id not_found");
  EXPECT_EQ(Codes(Patch(Hr(north.path), made, {{"org_id", south.id}})), "/org_id not_found");
}

TEST_P(PersonnelTest, ListsNarrowByTextUnitAndState) {
  Hire("A-1", "张伟明", north.id);
  Hire("A-2", "李伟", south.id, {{"probation_until", "2026-01-05"}});
  Hire("B-3", "Ann Smith", outlet.id, {{"hired_on", "2026-02-01"}});
  auto const gone = Hire("B-4", "王五", south.id);
  ASSERT_TRUE(Post(Hr(root.path), PathOf(gone) + "/leave",
                   {{"version", 1}, {"left_on", "2025-11-21"}, {"reason", "resignation"}}));
  auto const hq = Hr(root.path);
  EXPECT_EQ(Numbers(hq), "B-4 B-3 A-2 A-1 ");
  EXPECT_EQ(Numbers(hq, {{"q", "伟"}}), "A-2 A-1 ");
  EXPECT_EQ(Numbers(hq, {{"q", "smith"}}), "B-3 ");
  EXPECT_EQ(Numbers(hq, {{"q", "a-"}}), "A-2 A-1 ");
  EXPECT_EQ(Numbers(hq, {{"q", "%"}}), "");
  EXPECT_EQ(Numbers(hq, {{"org_id", north.id}}), "B-3 A-1 ");
  EXPECT_EQ(Numbers(hq, {{"state", "active"}}), "A-1 ");
  EXPECT_EQ(Numbers(hq, {{"state", "probation"}}), "A-2 ");
  EXPECT_EQ(Numbers(hq, {{"state", "upcoming"}}), "B-3 ");
  EXPECT_EQ(Numbers(hq, {{"state", "left"}}), "B-4 ");
  auto const first = CallJson(hq, Method::kGet, "/employees", "", {{"limit", "3"}});
  EXPECT_EQ(first->at("total").as_int64(), 4);
  EXPECT_EQ(Numbers(hq, {{"limit", "3"}, {"cursor", Text(*first, "next_cursor")}}), "A-1 ");
}

TEST_P(PersonnelTest, WhoLeftComesBackAsTheSamePerson) {
  auto const made = Hire("1", "张三", north.id, {{"phone", "13812341234"}});
  auto const back = [&](char const* day) {
    return json::object{{"number", "2"}, {"org_id", south.id}, {"hired_on", day}};
  };
  EXPECT_EQ(Codes(Post(Hr(root.path), PathOf(made) + "/rehire", back("2025-11-22"))), "employee.employed");
  json::object leave{{"version", 1}, {"left_on", "2024-12-31"}, {"reason", "resignation"}};
  EXPECT_EQ(Codes(Post(Hr(root.path), PathOf(made) + "/leave", leave)), "/left_on before_hired");
  leave["left_on"] = "2025-11-20";
  auto const left = Post(Hr(root.path), PathOf(made) + "/leave", leave);
  ASSERT_TRUE(left) << Codes(left);
  EXPECT_EQ(Text(*left, "state"), "left");
  EXPECT_EQ(Codes(Post(Hr(root.path), PathOf(made) + "/leave", leave)), "conflict.stale");
  EXPECT_EQ(Codes(Post(Hr(root.path), PathOf(made) + "/rehire", back("2025-11-20"))), "employee.employed");
  auto const again = Post(Hr(root.path), PathOf(made) + "/rehire", back("2025-11-22"));
  ASSERT_TRUE(again) << Codes(again);
  EXPECT_EQ(again->at("person_id"), made.at("person_id"));
  EXPECT_EQ(Rows("person"), 1);
  auto const file = CallJson(Hr(root.path), Method::kGet, PathOf(*again) + "/file");
  EXPECT_EQ(Text(file->at("events").at(0), "kind"), "rehired");
  EXPECT_EQ(Text(file->at("others").at(0), "number"), "1");
  leave["version"] = 2, leave["left_on"] = "2025-11-22";
  EXPECT_EQ(Codes(Post(Hr(root.path), PathOf(made) + "/leave", leave)), "employee.employed") << "would overlap";
  EXPECT_EQ(CountAudit("employee.leave"), 1);
  EXPECT_EQ(CountAudit("employee.rehire"), 1);
}

TEST_P(PersonnelTest, ALeaveIsTakenBackUnlessThePersonCameBackOtherwise) {
  auto const made = Hire("1", "张三", north.id);
  auto const stay = [&](int version) {
    return Post(Hr(root.path), PathOf(made) + "/stay", json::object{{"version", version}});
  };
  EXPECT_EQ(Codes(stay(1)), "employee.not_leaving");
  json::object leave{{"version", 1}, {"left_on", "2025-11-20"}, {"reason", "dismissal"}};
  ASSERT_TRUE(Post(Hr(root.path), PathOf(made) + "/leave", leave));
  EXPECT_EQ(Codes(stay(1)), "conflict.stale");
  EXPECT_EQ(Codes(Post(Hr(south.path), PathOf(made) + "/stay", json::object{{"version", 2}})), "not_found");
  auto const stays = stay(2);
  ASSERT_TRUE(stays) << Codes(stays);
  EXPECT_EQ(Text(*stays, "state"), "active");
  EXPECT_FALSE(stays->as_object().contains("left_on") || stays->as_object().contains("leave_reason"));
  EXPECT_EQ(Text(CallJson(Hr(root.path), Method::kGet, PathOf(made) + "/file")->at("events").at(0), "kind"), "stays");
  leave["version"] = 3;
  ASSERT_TRUE(Post(Hr(root.path), PathOf(made) + "/leave", leave));
  ASSERT_TRUE(Post(Hr(root.path), PathOf(made) + "/rehire",
                   json::object{{"number", "2"}, {"org_id", south.id}, {"hired_on", "2025-11-22"}}));
  EXPECT_EQ(Codes(stay(4)), "employee.employed");
  EXPECT_EQ(CountAudit("employee.stay"), 1);
}

TEST_P(PersonnelTest, JobsAndGradesServeTheUnit) {
  EXPECT_EQ(Codes(Post(Hr(root.path), "/employees",
                       Body("1", "张三", north.id,
                            {{"job_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
                             {"position_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"},
                             {"grade", "P99"}}))),
            "/grade unknown_grade, /position_id not_found, /job_id not_found");
  auto const job =
      orgs->CreateJob(Principal::System("test"), {north.id, "TELLER", "柜员", "Teller", "general", "", "", "", {}, {}});
  ASSERT_TRUE(job) << Codes(job);
  auto const seat = orgs->CreatePosition(Principal::System("test"), {outlet.id, job->id, "T-1", "柜员岗", "Teller", 2,
                                                                     *ParseDate("2025-01-01"), std::nullopt});
  ASSERT_TRUE(seat) << Codes(seat);
  EXPECT_EQ(Codes(Post(Hr(root.path), "/employees", Body("1", "张三", south.id, {{"job_id", job->id}}))),
            "/job_id not_found");
  EXPECT_EQ(Codes(Post(Hr(root.path), "/employees", Body("1", "张三", north.id, {{"position_id", seat->id}}))),
            "/position_id not_found");
  auto const made = Hire("1", "张三", outlet.id, {{"position_id", seat->id}});
  EXPECT_EQ(Text(made, "job_name"), "柜员") << "the job is that of the position";
  EXPECT_EQ(Numbers(Hr(root.path), {{"job_id", job->id}}), "1 ");
}

TEST_P(PersonnelTest, EmployeesGoAlongWhenTheirUnitEndsOrIsDivided) {
  auto const system = Principal::System("test");
  auto const job = [&](char const* code) {
    return orgs->CreateJob(system, {outlet.id, code, code, "", "general", "", "", "", {}, {}})->id;
  };
  auto const sales = job("SALES"), teller = job("TELLER");
  auto const seller = Hire("1", "张三", outlet.id, {{"job_id", sales}}),
             other = Hire("2", "李四", outlet.id, {{"job_id", teller}});
  auto const unit = [&](json::value const& employee) {
    return Text(*CallJson(Hr(root.path), Method::kGet, PathOf(employee)), "org_id");
  };
  org::NewChange split;
  split.kind = org::ChangeKind::split, split.node_id = outlet.id;
  split.parts = {{"BJ-S", "销售部", "", {}, {sales}}};
  ASSERT_TRUE(orgs->Change(system, split));
  EXPECT_NE(unit(seller), outlet.id);
  EXPECT_EQ(unit(other), outlet.id);
  org::NewChange close;
  close.kind = org::ChangeKind::close, close.node_id = outlet.id;
  auto const refused = orgs->Change(system, close);
  ASSERT_FALSE(refused);
  EXPECT_EQ(Codes(refused), "/target_id left_jobs, /target_id left_employees");
  close.target_id = south.id;
  ASSERT_TRUE(orgs->Change(system, close));
  EXPECT_EQ(unit(other), south.id);
  auto const seat =
      orgs->CreatePosition(system, {south.id, teller, "T-1", "柜员岗", "", 2, *ParseDate("2025-01-01"), {}});
  ASSERT_TRUE(seat) << Codes(seat);
  Hire("3", "王五", south.id, {{"position_id", seat->id}});
  auto const heads = CallJson(User({"job.read"}, south.path), Method::kGet, "/headcount")->at("items").as_array();
  ASSERT_EQ(heads.size(), 1U);
  EXPECT_EQ(heads[0].at("filled").as_int64(), 1);
}

TEST_P(PersonnelTest, CustomFieldsAreKeptMaskedRevealedAndFiltered) {
  auto const define = [&](json::object definition) {
    definition["entity"] = "employee", definition["org_id"] = root.id;
    definition["title_zh"] = "字段" + std::string(definition.at("key").as_string()), definition["title_en"] = "";
    auto const made = Post(Hr(root.path), "/fields", definition);
    ASSERT_TRUE(made) << Codes(made);
  };
  define({{"key", "shirt"}, {"type", "text"}, {"filterable", true}});
  define({{"key", "account"}, {"type", "text"}, {"sensitive", "pay"}});
  auto const made = Hire("1", "张三", north.id, {{"custom", {{"shirt", "XL"}, {"account", "6222020000001234"}}}});
  EXPECT_EQ(Text(made.at("custom"), "shirt"), "XL");
  EXPECT_EQ(Text(made.at("custom"), "account").find("00000"), std::string::npos);
  EXPECT_EQ(Text(CallJson(Hr(north.path), Method::kGet, PathOf(made) + "/reveal")->at("custom"), "account"),
            "6222020000001234");
  EXPECT_EQ(Numbers(Hr(root.path), {{"custom.shirt", "xl"}}), "1 ");
  EXPECT_EQ(Numbers(Hr(root.path), {{"custom.shirt", "S"}}), "");
  EXPECT_EQ(Numbers(Hr(root.path), {{"custom.account", "6222020000001234"}}), "/custom.account not_filterable");
  auto const after = Patch(Hr(root.path), made, {{"custom", {{"shirt", "L"}}}});
  ASSERT_TRUE(after) << Codes(after);
  auto const file = CallJson(Hr(root.path), Method::kGet, PathOf(made) + "/file");
  EXPECT_EQ(ToText(file->at("events").at(0).at("fields")), R"(["custom.shirt"])");
  auto const book =
      Call(Hr(root.path), Method::kGet, "/employees/export", "", {{"format", "csv"}, {"custom.shirt", "l"}});
  ASSERT_TRUE(book);
  auto const& text = std::get<std::string>(book->body);
  EXPECT_NE(text.find("张三"), std::string::npos);
  EXPECT_EQ(text.find("6222020000001234"), std::string::npos) << "masked in exports";
  EXPECT_EQ(CountAudit("employee.export"), 1);
}

TEST_P(PersonnelTest, ExportHoldsTheScope) {
  Hire("1", "=HYPERLINK(\"x\")", north.id);
  Hire("2", "李四", south.id);
  auto const book = Call(Hr(north.path), Method::kGet, "/employees/export", "", {{"format", "csv"}});
  ASSERT_TRUE(book);
  auto const& text = std::get<std::string>(book->body);
  EXPECT_EQ(text.find("李四"), std::string::npos);
  EXPECT_EQ(text.find("\n1,=HYPERLINK"), std::string::npos) << "text, not a formula";
  EXPECT_NE(text.find("HYPERLINK"), std::string::npos);
  auto const id = db->Read([&](db::Tx& tx) {
    return *tx.Scalar<std::string>({"test.one", "SELECT id FROM employee WHERE number = '1'"});
  });
  auto const acts = db->Read([&](db::Tx& tx) { return audit::ActsOn(tx, {{"employee", id}}, 10); });
  EXPECT_EQ(acts.front().action, "employee.exported") << "whom a list names finds it in his access log";
  EXPECT_EQ(CountAudit("employee.exported"), 1);
  EXPECT_EQ(Codes(Call(User({"employee.read"}, root.path), Method::kGet, "/employees/export")), "forbidden");
}

TEST_P(PersonnelTest, APersonsCopyHoldsEmploymentsAndTheLawKeepsThem) {
  auto const made = Hire("1", "张三", north.id);
  auto const clerk = Hire("2", "李四", north.id, {{"manager_id", made.at("id")}});
  DataSubject const subject{Text(made, "person_id"), {}, {}};
  auto const held = MakePersonalData(context, *api);
  auto const kept = [&] {
    auto const why = db->Read([&](db::Tx& tx) { return held->Keeps(tx, subject); });
    return why ? why->key : "";
  };
  EXPECT_EQ(kept(), "employee.kept");
  ASSERT_TRUE(Post(Hr(root.path), PathOf(made) + "/leave",
                   {{"version", 1}, {"left_on", "2025-11-22"}, {"reason", "retirement"}}));
  EXPECT_EQ(kept(), "employee.kept");
  clock.Advance(std::chrono::days(732));
  EXPECT_EQ(kept(), "");
  db->Write([&](db::Tx& tx) {
    auto const copy = held->Export(tx, subject).value().document;
    EXPECT_EQ(copy.at("employments").at(0).at("number").as_string(), "1");
    EXPECT_EQ(copy.at("employments").at(0).at("events").as_array().size(), 2U);
    EXPECT_TRUE(held->Erase(tx, subject, DataKind::recordings).empty());
    EXPECT_EQ(held->Erase(tx, subject, DataKind::profile),
              (DataCounts{{"employee", 1}, {"employee_event", 2}, {"field_value", 0}}));
  });
  EXPECT_FALSE(CallJson(Hr(root.path), Method::kGet, PathOf(clerk))->as_object().contains("manager_id"));
}

BOLE_STORE_SUITE(PersonnelTest);

}  // namespace
}  // namespace bole::personnel
