#pragma once
#include "platform/app/testing.hpp"

// For tests of targets: a file through upload, layout as guessed, check and import.
namespace bole::imports::testing {

struct ImportRun {
  std::string target, org_id;
  std::string mode = "partial", duplicates = "skip";
  bool start = true;
};

// `call`: (method, path, body, query) → Result<json::value> as the one who imports; `due` runs the jobs. The detail at
// the end, or {"error": key}.
template <class Call, class Due>
json::value RunImport(Call const& call, Due const& due, std::string const& file, ImportRun const& run) {
  auto const failed = [](Error const& error) { return json::value{{"error", error.key}}; };
  auto const uploaded = call(http::Method::kPost, "/imports", file,
                             http::Pairs{{"target", run.target}, {"org_id", run.org_id}, {"file_name", "t.xlsx"}});
  if (!uploaded) return failed(uploaded.error());
  std::string const path = "/imports/" + std::string(uploaded->at("batch").at("id").as_string());
  json::array mapping;
  for (auto const& column : uploaded->at("file").as_array())
    mapping.push_back({{"column", column.at("column")}, {"field", column.at("field")}});
  json::object const layout{{"mapping", mapping}, {"mode", run.mode}, {"duplicates", run.duplicates}};
  if (auto const put = call(http::Method::kPut, path + "/layout", json::serialize(layout), http::Pairs{}); !put)
    return failed(put.error());
  due();
  if (run.start) {
    if (auto const started = call(http::Method::kPost, path + "/start", "", http::Pairs{}); !started)
      return failed(started.error());
    due();
  }
  return call(http::Method::kGet, path, "", http::Pairs{}).value();
}

// "3A required": row, column and code of each problem.
inline std::vector<std::string> ProblemsOf(json::value const& detail) {
  std::vector<std::string> out;
  for (auto const& p : detail.at("problems").as_array())
    out.push_back(std::to_string(p.at("row").as_int64()) + std::string(p.at("column").as_string()) + " " +
                  std::string(p.at("code").as_string()));
  return out;
}

[[nodiscard]] inline std::int64_t RowsOf(json::value const& detail, char const* what) {
  return detail.at("batch").at(std::string("rows_") + what).as_int64();
}

}  // namespace bole::imports::testing
