#pragma once
#include <sstream>

#include "modules/audit/check.hpp"
#include "modules/audit/export.hpp"
#include "modules/audit/service.hpp"
#include "platform/app/testing.hpp"

namespace bole::audit {

// A group with two branches, and records of a made-up person.
class AuditTest : public bole::testing::ModuleTest {
 protected:
  void SetUp() override {
    db.MigrateModules({"jobs", "audit", "org"});
    Open();
  }
  // Also again, as after a restart with other settings.
  void Open() {
    log.reset();
    routes = http::Routes();
    log = Register(context);
  }
  struct Node {
    std::string id, path;
  };
  Node AddNode(std::string const& parent_path, std::string const& code) {
    Node out{NewUlid(clock.Now()), ""};
    out.path = (parent_path.empty() ? "/" : parent_path) + out.id + "/";
    Sql("INSERT INTO org_node (id, code, name, name_en, kind, city, zone, locale, path, depth, version) "
        "VALUES (?, ?, ?, ?, 'branch', '', 'Asia/Shanghai', 'zh-CN', ?, 0, 1)",
        out.id, code, code, code, out.path);
    return out;
  }
  void Write(std::string const& action, std::string const& org_id = "", int count = 1) {
    clock.Advance(std::chrono::milliseconds(1));
    db->Write([&](db::Tx& tx) {
      for (int i = 0; i < count; ++i)
        log->Record(tx, User({}, "/"), {action, "thing", "T" + std::to_string(++written), org_id, {{"n", written}}});
    });
  }
  // Seals in three rounds, so that there are three heads: 300, 301 and 320 records.
  void ThreeHeads() {
    for (int const count : {300, 1, 19}) {
      Write("a.do", "", count);
      ASSERT_TRUE(log->Seal());
      clock.Advance(std::chrono::seconds(2));
    }
  }
  template <class... Args>
  std::int64_t Sql(std::string const& text, Args const&... args) {
    return db->Write([&](db::Tx& tx) { return tx.Execute({"test", text}, args...); });
  }
  std::int64_t Number(std::string const& text) {
    return db->Read([&](db::Tx& tx) { return tx.Scalar<std::int64_t>({"test", text}).value_or(-1); });
  }
  std::string Text(std::string const& text) {
    return db->Read([&](db::Tx& tx) { return tx.Scalar<std::string>({"test", text}).value_or(""); });
  }
  Findings Check(CheckOptions const& options = {}) { return CheckDatabase(*db, fields, options).value(); }
  std::string Export(Scope scope = Scope::Everything(), store::RecordFilter filter = {}) {
    ExportStream stream(*db, std::move(scope), std::move(filter), clock.Now());
    std::string out;
    for (auto piece = stream.Next().value(); !piece.empty(); piece = stream.Next().value()) out += piece;
    return out;
  }
  static Findings CheckText(std::string const& text, CheckOptions const& options = {}) {
    std::istringstream in(text);
    return CheckFile(in, options).value();
  }
  static bool Has(Findings const& found, ProblemKind kind, std::int64_t index) {
    return std::any_of(found.problems.begin(), found.problems.end(),
                       [&](auto const& problem) { return problem.kind == kind && problem.index == index; });
  }

  int written = 0;
  std::unique_ptr<Log> log;
};

}  // namespace bole::audit
