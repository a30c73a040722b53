#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <thread>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "app/bench_pool.hpp"
#include "modules/imports/views.hpp"
#include "modules/org/api.hpp"
#include "platform/documents/xlsx_writer.hpp"

// A large table of candidates through the import, over HTTP.
namespace bole::app::bench {
namespace {

using imports::ImportDetail;
using imports::ImportState;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAskEvery{100};
constexpr std::chrono::minutes kGiveUpAfter{15};
constexpr char const* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

double SecondsSince(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

Result<std::string> Table(std::int64_t rows) {
  documents::XlsxWriter book("bench", FromMillis(0));
  book.AddSheet({.name = "bench",
                 .columns = {{.title = "姓名"},
                             {.title = "手机号"},
                             {.title = "邮箱"},
                             {.title = "出生日期"},
                             {.title = "标签"},
                             {.title = "备注"}}});
  for (std::int64_t i = 0; i < rows; ++i) {
    auto const random = static_cast<std::uint64_t>(i) * 2'654'435'761U;
    book.AddRow({PoolName(random), fmt::format("139{:08}", i), fmt::format("import{}@example.com", i),
                 fmt::format("19{}-{:02}-{:02}", 70 + i % 30, 1 + i % 12, 1 + i % 28), PoolTag(random),
                 fmt::format("row {}", i)});
  }
  return book.Finish();
}

Result<ImportDetail> Answered(Answer const& answer) {
  if (answer.status != 200 && answer.status != 201)
    return Fail(ErrorCode::kInternal, "bench.unexpected",
                {{"status", std::to_string(answer.status)}, {"body", answer.body.substr(0, 500)}});
  return FromJsonText<ImportDetail>(answer.body);
}

Result<ImportDetail> WaitFor(Client& client, std::string const& id, ImportState state) {
  auto const begin = steady_clock::now();
  while (steady_clock::now() - begin < kGiveUpAfter) {
    BOLE_ASSIGN(auto detail, Answered(client.Get("/api/v1/imports/" + id)));
    if (detail.batch.state == state) return detail;
    if (detail.batch.state == ImportState::failed)
      return Fail(ErrorCode::kInternal, "bench.unexpected", {{"why", detail.batch.failure}});
    std::this_thread::sleep_for(kAskEvery);
  }
  return Fail(ErrorCode::kUnavailable, "bench.unexpected");
}

Result<json::object> Measure(std::int64_t rows, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  std::unique_ptr<Platform> platform;
  std::string org_id;
  {
    BOLE_ASSIGN(auto inside, site->Open());
    org_id = inside.platform->database->Read([&](db::Tx& tx) { return inside.modules->org->Root(tx); })->id;
    inside.modules.reset();
    platform = std::move(inside.platform);
  }
  BOLE_ASSIGN(auto const table, Table(rows));
  BOLE_ASSIGN(auto const server, site->Serve());
  BOLE_ASSIGN(auto const cookie, SignIn(*platform, server.port, "hq.hr"));
  Client client(server.port, {{"Cookie", cookie}, {"X-Bole-Client", "console"}});

  auto const begin = steady_clock::now();
  BOLE_ASSIGN(auto const uploaded,
              Answered(client.Ask("POST", "/api/v1/imports?target=candidates&file_name=bench.xlsx&org_id=" + org_id,
                                  table, kXlsx)));
  auto const& id = uploaded.batch.id;
  auto const upload = SecondsSince(begin);
  imports::PutImportLayout layout;
  for (auto const& column : uploaded.file) layout.mapping.push_back({column.column, column.field});
  BOLE_TRY(Answered(client.Ask("PUT", "/api/v1/imports/" + id + "/layout", ToJsonText(layout))));
  BOLE_TRY(WaitFor(client, id, ImportState::checked));
  auto const checked = SecondsSince(begin);
  BOLE_TRY(Answered(client.Ask("POST", "/api/v1/imports/" + id + "/start")));
  BOLE_ASSIGN(auto const done, WaitFor(client, id, ImportState::done));
  auto const seconds = SecondsSince(begin);
  if (done.batch.rows_created != rows)
    return Fail(ErrorCode::kInternal, "bench.unexpected", {{"created", std::to_string(done.batch.rows_created)}});
  auto const undo = steady_clock::now();
  BOLE_TRY(Answered(client.Ask("POST", "/api/v1/imports/" + id + "/undo")));
  BOLE_ASSIGN(auto const undone, WaitFor(client, id, ImportState::undone));
  return json::object{{"rows", rows},
                      {"seconds_100k", Rounded(seconds * 100'000 / static_cast<double>(rows))},
                      {"seconds", Rounded(seconds)},
                      {"upload_seconds", Rounded(upload)},
                      {"check_seconds", Rounded(checked - upload)},
                      {"import_seconds", Rounded(seconds - checked)},
                      {"undo_seconds", Rounded(SecondsSince(undo))},
                      {"undone", undone.batch.rows_undone},
                      {"file_bytes", table.size()}};
}

}  // namespace

int RunImport(ImportOptions const& options, std::string const& config_file) {
  auto figures = Measure(options.rows, config_file);
  return figures ? Print("import", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
