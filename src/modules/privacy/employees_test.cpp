#include "modules/assessment/service.hpp"
#include "modules/interviews/interviews_test.hpp"
#include "modules/people/persons.hpp"
#include "modules/privacy/test_person.hpp"

// Rights of somebody who is known as an employee, never as a candidate.
namespace bole::privacy {
namespace {

using http::Method;

class EmployeesTest : public PrivacyTest {
 protected:
  void SetUp() override {
    PrivacyTest::SetUp();
    clerk = Hire("1", "王晓云", "13900000001", "wang@example.com", north.id);
  }
  personnel::EmployeeView Hire(std::string number, std::string name, std::string phone, std::string email,
                               std::string org_id) {
    personnel::CreateEmployee input;
    input.number = std::move(number), input.org_id = std::move(org_id), input.hired_on = Day(2020, 1, 1);
    input.name = std::move(name), input.phone = std::move(phone), input.email = std::move(email);
    return staff->Create(User({"employee.read", "employee.write"}, root.path), input).value();
  }
  void Leave(personnel::EmployeeView const& who) {
    auto const hr = User({"employee.read", "employee.write"}, root.path);
    ASSERT_TRUE(Call(hr, Method::kPost, "/employees/" + who.id + "/leave",
                     R"({"version": 1, "left_on": "2025-11-21", "reason": "retirement"})"));
    clock.Advance(std::chrono::days(732));  // what the law keeps is over
  }
  Result<SubjectRequestView> Ask(Principal const& who, RequestKind kind) {
    return privacy.requests.Create(who, {{}, kind, {}, "请处理", clerk.id});
  }
  personnel::EmployeeView clerk;
};

TEST_P(EmployeesTest, RequestsAndHoldsNameTheEmployee) {
  auto const branch = Officer(north.path);
  auto const request = Ask(branch, RequestKind::access).value();
  EXPECT_EQ(request.employee_id, clerk.id);
  EXPECT_EQ(request.candidate_id, "");
  EXPECT_EQ(request.person_name, "王晓云");
  EXPECT_EQ(Ask(Officer(south.path), RequestKind::access).error().code, ErrorCode::kNotFound);

  auto const list = CallJson(branch, Method::kGet, "/privacy/requests", "", {{"employee_id", clerk.id}}).value();
  ASSERT_EQ(list.at("items").as_array().size(), 1U);
  auto const elsewhere = Call(Officer(south.path), Method::kGet, "/privacy/requests", "", {{"employee_id", clerk.id}});
  EXPECT_EQ(elsewhere.error().code, ErrorCode::kNotFound);

  auto const hold = privacy.erasures.Place(branch, {{}, {}, "劳动争议", {}, clerk.id}).value();
  EXPECT_EQ(hold.employee_id, clerk.id);
  EXPECT_EQ(privacy.erasures.Propose(branch, {{}, "request", {}, clerk.id}).error().key, "privacy.on_hold");

  auto const both = privacy.requests.Create(branch, {candidate.id, RequestKind::access, {}, "x", clerk.id});
  EXPECT_EQ(both.error().fields.at(0).pointer, "/employee_id");
  auto const none = privacy.requests.Create(branch, {{}, RequestKind::access, {}, "x"});
  EXPECT_EQ(none.error().fields.at(0).pointer, "/candidate_id");
}

TEST_P(EmployeesTest, TheCopyHoldsTheEmploymentAndWhoLooked) {
  auto const branch = Officer(north.path);
  auto const made = privacy.exports.Create(branch, {{}, "本人申请", true, clerk.id}).value();
  runner.RunDue();
  auto const ready = privacy.exports.List(branch, {.person_id = clerk.person_id}).value().items.at(0);
  ASSERT_EQ(ready.id, made.id);
  EXPECT_EQ(ready.state, ExportState::ready);
  auto const file = privacy.exports.Download(branch, ready.id).value();
  EXPECT_GT(file.size, 0);
  EXPECT_EQ(privacy.exports.Download(Officer(south.path), ready.id).error().code, ErrorCode::kNotFound);

  auto const access = CallJson(branch, Method::kGet, "/privacy/employees/" + clerk.id + "/access").value();
  std::vector<std::string> actions;
  for (auto const& entry : access.at("items").as_array()) actions.emplace_back(entry.at("action").as_string());
  for (auto const* action : {"employee.create", "privacy.export", "privacy.export_download", "privacy.access_read"})
    EXPECT_NE(std::find(actions.begin(), actions.end(), action), actions.end()) << action;
}

TEST_P(EmployeesTest, ALinkToOnesOwnDataReachesAnEmployee) {
  mail.sent.clear();
  ASSERT_TRUE(privacy.entrance.Ask(i18n::Locale::kZhCn, {"wang@example.com"}));
  runner.RunDue();
  ASSERT_EQ(mail.sent.size(), 1U);
  auto const& text = mail.sent[0].text;
  auto const at = text.find("/my#") + 4;
  auto const opened = privacy.entrance.Open({text.substr(at, text.find('\n', at) - at)}).value();
  auto const asked = privacy.requests.CreateMine(opened.who, {RequestKind::restriction, "请限制"}).value();
  EXPECT_EQ(privacy.Mine(opened.who).value().requests.size(), 1U);

  auto const branch = Officer(north.path);
  auto const request = privacy.requests.Get(branch, asked.id).value();
  EXPECT_EQ(request.employee_id, clerk.id);
  ASSERT_TRUE(privacy.requests.Move(branch, asked.id, {request.version, RequestState::done, "已限制"}));
  EXPECT_TRUE(privacy.Restriction(branch, {.employee_id = clerk.id}).value().restricted);
  ASSERT_TRUE(privacy.EndRestriction(branch, {.employee_id = clerk.id}));
  EXPECT_FALSE(privacy.Restriction(branch, {.employee_id = clerk.id}).value().restricted);

  clock.Advance(std::chrono::hours(1));
  EXPECT_EQ(privacy.entrance.SendTo(branch, {.employee_id = clerk.id}).value().to_masked, "w***@example.com");
  EXPECT_EQ(privacy.entrance.SendTo(Officer(south.path), {.employee_id = clerk.id}).error().key, "not_found");
}

TEST_P(EmployeesTest, AnEmployeeIsErasedWhenTheLawLetsHimGo) {
  auto const branch = Officer(north.path);
  EXPECT_EQ(privacy.erasures.Propose(branch, {{}, "request", {}, clerk.id}).error().key, "employee.kept");
  Leave(clerk);
  auto const proposed = privacy.erasures.Propose(branch, {{}, "request", {}, clerk.id}).value();
  ASSERT_TRUE(privacy.erasures.Approve(Second(north.path), proposed.id, {proposed.version}));
  runner.RunDue();
  auto const done = privacy.erasures.List(branch, {}).value().items.at(0);
  EXPECT_EQ(done.state, ErasureState::done);
  EXPECT_EQ(done.person_name, "");
  EXPECT_EQ(LastCertificate().document.at("erased").at("employee").as_int64(), 1);
  EXPECT_TRUE(Traces({"王晓云", "wang@example.com"}).empty());
  EXPECT_EQ(Ask(branch, RequestKind::access).error().code, ErrorCode::kNotFound);
}

TEST_P(EmployeesTest, FormerEmployeesGoAfterTheirPeriod) {
  auto const hq = Officer(root.path);
  auto const due = [&] {
    auto const today = *ParseDate(FormatInstant(clock.Now()).substr(0, 10));
    return privacy.retention.Preview(hq, today).value().items;
  };
  auto const run = [&] {
    auto const today = *ParseDate(FormatInstant(clock.Now()).substr(0, 10));
    ASSERT_TRUE(privacy.retention.Run(today, [] { return false; }));
  };
  ASSERT_TRUE(privacy.retention.Set(hq, {north.id, PolicyKind::former_employees, 800, 0, {}}));
  Leave(clerk);  // and 732 days later
  EXPECT_TRUE(due().empty());
  clock.Advance(std::chrono::days(68));
  auto const items = due();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].kind, PolicyKind::former_employees);
  EXPECT_EQ(items[0].employee_id, clerk.id);
  EXPECT_EQ(items[0].person_name, "王晓云");
  EXPECT_FALSE(items[0].held);
  run();
  EXPECT_TRUE(Traces({"王晓云"}).empty());
  EXPECT_TRUE(due().empty());
  EXPECT_TRUE(db->Read([&](db::Tx& tx) { return people->PersonOf(tx, candidate.id); })) << "not yet";
}

TEST_P(EmployeesTest, WhoIsEmployedIsNeverDueAsACandidate) {
  personnel::CreateEmployee input;
  input.number = "2", input.org_id = north.id, input.hired_on = Day(2025, 1, 1), input.candidate_id = candidate.id;
  ASSERT_TRUE(staff->Create(User({"employee.read", "employee.write", "candidate.read"}, root.path), input));
  clock.Advance(std::chrono::days(4000));
  EXPECT_TRUE(privacy.retention.Preview(Officer(root.path), *ParseDate(FormatInstant(clock.Now()).substr(0, 10)))
                  .value()
                  .items.empty());
}

TEST_P(EmployeesTest, RightsConcernTheCandidateAndTheEmployeeAlike) {
  personnel::CreateEmployee input;
  input.number = "2", input.org_id = south.id, input.hired_on = Day(2025, 1, 1), input.candidate_id = candidate.id;
  auto const hired =
      staff->Create(User({"employee.read", "employee.write", "candidate.read"}, root.path), input).value();
  EXPECT_EQ(hired.person_id, candidate.person_id);
  EXPECT_EQ(privacy.exports.Create(Officer(north.path), {candidate.id, "本人申请", false}).error().key,
            "privacy.wider_scope")
      << "employed elsewhere";
  EXPECT_TRUE(privacy.exports.Create(Officer(root.path), {{}, "本人申请", false, hired.id}));
}

BOLE_STORE_SUITE(EmployeesTest);

}  // namespace
}  // namespace bole::privacy
