#pragma once
#include "modules/imports/api.hpp"
#include "modules/imports/views.hpp"
#include "platform/app/testing.hpp"
#include "platform/documents/xlsx_reader.hpp"
#include "platform/documents/xlsx_writer.hpp"

namespace bole::imports {

// Records of a table of its own: code, name, day. A name "clash" breaks a unique index, "crash" stops the program.
class Things final : public Target {
 public:
  [[nodiscard]] std::string key() const override { return "candidates"; }
  [[nodiscard]] std::string permission() const override { return "thing.write"; }
  [[nodiscard]] std::string concerns() const override { return "thing"; }
  std::vector<Column> Columns(db::Tx& tx, std::string const& org_id) override;
  Result<std::unique_ptr<Session>> Begin(db::Tx& tx, Place const& place) override;
  Fate Undo(db::Tx& tx, Principal const& who, Trace const& trace) override;

  int crash_after = -1;  // records
  int begun = 0;
};

class ImportsTest : public bole::testing::ModuleTest {
 protected:
  using Rows = std::vector<std::vector<std::string>>;
  void SetUp() override;
  static std::string Csv(Rows const& rows, std::string const& heading = "编号,名称,日期");
  static std::string Book(Rows const& rows, std::vector<std::string> const& headings = {"编号", "名称", "日期"});
  // Uploads; the detail.
  json::value Upload(std::string const& file, std::string const& org_id = "");
  // Upload, layout as guessed, check, and (when `start`) the import; the detail.
  json::value Import(std::string const& file, std::string const& mode = "partial",
                     std::string const& duplicates = "skip", bool start = true);
  json::value Layout(std::string const& id, json::value const& detail, std::string const& mode,
                     std::string const& duplicates);
  json::value Act(std::string const& id, std::string const& act);  // and runs what is due
  json::value Get(std::string const& id) { return CallJson(who, http::Method::kGet, "/imports/" + id).value(); }
  static std::string Id(json::value const& detail) { return std::string(detail.at("batch").at("id").as_string()); }
  static std::string State(json::value const& detail) {
    return std::string(detail.at("batch").at("state").as_string());
  }
  static std::int64_t Count(json::value const& detail, char const* what) {
    return detail.at("batch").at(std::string("rows_") + what).as_int64();
  }
  // "3A required": row, column and code of each problem.
  static std::vector<std::string> Problems(json::value const& detail);
  std::int64_t Stored();
  void Execute(std::string const& sql) {
    db->Write([&](db::Tx& tx) { tx.Execute({"test.sql", sql}); });
  }

  std::unique_ptr<audit::Api> audits = audit::Register(context);
  std::optional<Principal> rights;  // of whoever runs a job; nullopt: no account any more
  std::unique_ptr<Api> api = Register(context, *audits, [this](db::Tx&, std::string const&) { return rights; });
  Things things;
  Principal who;
  struct Unit {
    std::string id, path;
  };
  Unit root, north, south;
};

}  // namespace bole::imports
