#include "modules/imports/imports_test.hpp"

namespace bole::imports {
namespace {

struct Thing {
  std::string id, org_id, code, name, day;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Thing, (), (id, org_id, code, name, day, version))

std::optional<Thing> Find(db::Tx& tx, char const* column, std::string const& value) {
  return tx.One<Thing>({"test.thing", "SELECT " + db::Columns<Thing>() + " FROM thing WHERE " + column + " = ?"},
                       value);
}

class ThingSession final : public Session {
 public:
  ThingSession(Things& things, Place place) : things_(things), place_(std::move(place)) {}

  Verdict Check(db::Tx& tx, Row const& row) override {
    Verdict out{{}, {{"code", row.Text("code")}}, {}};
    if (row.Text("name") == "bad") out.problems.push_back({"name", "not_allowed"});
    if (auto const known = Find(tx, "code", row.Text("code"))) out.existing = Existing{known->id, known->name, "code"};
    return out;
  }
  Result<Written> Create(db::Tx& tx, Row const& row) override {
    if (things_.crash_after == 0) throw std::runtime_error("killed");
    if (things_.crash_after > 0) --things_.crash_after;
    Thing const thing{"T" + row.Text("code"), place_.org_id, row.Text("code"), row.Text("name"), row.Text("day"), 1};
    tx.Insert("thing", thing);
    if (thing.name == "refused") return FailField("/name", "not_allowed");  // after it wrote something
    return Written{thing.id, 1, {}};
  }
  Result<Written> Update(db::Tx& tx, Row const& row, Existing const& existing) override {
    auto const before = *Find(tx, "id", existing.id);
    tx.Execute({"test.update", "UPDATE thing SET name = ?, version = version + 1 WHERE id = ?"}, row.Text("name"),
               existing.id);
    return Written{existing.id, before.version + 1, {{"name", before.name}}};
  }

 private:
  Things& things_;
  Place place_;
};

}  // namespace

std::vector<Column> Things::Columns(db::Tx& /*tx*/, std::string const& /*org_id*/) {
  return {{.key = "code", .title_zh = "编号", .title_en = "Code", .type = ColumnType::identifier, .required = true},
          {.key = "name", .title_zh = "名称", .title_en = "Name", .required = true, .max_length = 20},
          {.key = "day", .title_zh = "日期", .title_en = "Day", .type = ColumnType::date}};
}

Result<std::unique_ptr<Session>> Things::Begin(db::Tx& /*tx*/, Place const& place) {
  ++begun;
  return std::make_unique<ThingSession>(*this, place);
}

Fate Things::Undo(db::Tx& tx, Principal const& /*who*/, Trace const& trace) {
  auto const thing = Find(tx, "id", trace.id);
  if (!thing || thing->version != trace.version) return Fate::changed;
  if (trace.updated)
    tx.Execute({"test.restore", "UPDATE thing SET name = ?, version = version + 1 WHERE id = ?"},
               std::string(trace.before.at("name").as_string()), trace.id);
  else
    tx.Execute({"test.delete", "DELETE FROM thing WHERE id = ?"}, trace.id);
  return Fate::undone;
}

void ImportsTest::SetUp() {
  db.MigrateModules({"jobs", "audit", "org", "imports"});
  Execute(
      "CREATE TABLE thing (id TEXT PRIMARY KEY, org_id TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, "
      "day TEXT NOT NULL, version BIGINT NOT NULL)");
  Execute("CREATE UNIQUE INDEX thing_name ON thing (name)");
  Execute("CREATE TABLE thing_use (thing_id TEXT NOT NULL REFERENCES thing (id))");
  auto const add = [&](Unit const* parent, std::string const& id) {
    Unit const unit{id, (parent ? parent->path : "/") + id + "/"};
    db->Write([&](db::Tx& tx) {
      tx.Execute({"test.unit",
                  "INSERT INTO org_node (id, parent_id, code, name, name_en, kind, city, zone, locale, path, "
                  "depth, version) VALUES (?, ?, ?, ?, '', 'branch', '', 'UTC', 'zh-CN', ?, 0, 1)"},
                 unit.id, parent ? std::optional(parent->id) : std::nullopt, id, id, unit.path);
    });
    return unit;
  };
  root = add(nullptr, "HQ"), north = add(&root, "BJ"), south = add(&root, "SZ");
  who = User({"thing.write"}, north.path);
  rights = who;
  api->Offer(things);
}

std::string ImportsTest::Csv(Rows const& rows, std::string const& heading) {
  std::string out = heading + "\n";
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i ? "," : "") + row[i];
    out += "\n";
  }
  return out;
}

std::string ImportsTest::Book(Rows const& rows, std::vector<std::string> const& headings) {
  documents::XlsxWriter book("t", FromMillis(0));
  documents::XlsxSheet sheet{.name = "t", .columns = {}};
  for (auto const& heading : headings) sheet.columns.push_back({.title = heading});
  book.AddSheet(sheet);
  for (auto const& row : rows) book.AddRow({row.begin(), row.end()});
  return book.Finish().value();
}

json::value ImportsTest::Upload(std::string const& file, std::string const& org_id) {
  clock.Advance(std::chrono::seconds(1));
  return CallJson(who, http::Method::kPost, "/imports", file,
                  {{"target", "candidates"}, {"org_id", org_id.empty() ? north.id : org_id}, {"file_name", "t.csv"}})
      .value();
}

json::value ImportsTest::Layout(std::string const& id, json::value const& detail, std::string const& mode,
                                std::string const& duplicates) {
  json::array mapping;
  for (auto const& column : detail.at("file").as_array())
    mapping.push_back({{"column", column.at("column")}, {"field", column.at("field")}});
  json::object const body{{"mapping", mapping}, {"mode", mode}, {"duplicates", duplicates}};
  auto const put = CallJson(who, http::Method::kPut, "/imports/" + id + "/layout", json::serialize(body));
  if (!put) return {{"error", put.error().key}};
  EXPECT_EQ(State(*put), "checking");
  runner.RunDue();
  return Get(id);
}

json::value ImportsTest::Import(std::string const& file, std::string const& mode, std::string const& duplicates,
                                bool start) {
  auto const uploaded = Upload(file);
  auto checked = Layout(Id(uploaded), uploaded, mode, duplicates);
  return start ? Act(Id(uploaded), "start") : checked;
}

json::value ImportsTest::Act(std::string const& id, std::string const& act) {
  auto const answer = CallJson(who, http::Method::kPost, "/imports/" + id + "/" + act);
  if (!answer) return {{"error", answer.error().key}};
  runner.RunDue();
  return Get(id);
}

std::vector<std::string> ImportsTest::Problems(json::value const& detail) {
  std::vector<std::string> out;
  for (auto const& p : detail.at("problems").as_array())
    out.push_back(std::to_string(p.at("row").as_int64()) + std::string(p.at("column").as_string()) + " " +
                  std::string(p.at("code").as_string()));
  return out;
}

std::int64_t ImportsTest::Stored() {
  return *db->Read([](db::Tx& tx) { return tx.Scalar<std::int64_t>({"test.count", "SELECT COUNT(*) FROM thing"}); });
}

}  // namespace bole::imports
