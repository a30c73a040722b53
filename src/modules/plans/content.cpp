#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/hash.hpp"

// What Bole ships: questions, dimensions and scoring models, read from share/content at every start. Content is
// recognised by code or name; what did not change stays as it is.
namespace bole::plans {

struct ShippedQuestion {
  std::string code, text_zh, text_en;
  QuestionKind kind = QuestionKind::text;
  std::string family = org::kGeneralFamily;
  std::string competency;
  int difficulty = 3, suggested_seconds = 120;
  Rubric rubric;
};
BOOST_DESCRIBE_STRUCT(ShippedQuestion, (),
                      (code, text_zh, text_en, kind, family, competency, difficulty, suggested_seconds, rubric))
struct ShippedQuestions {
  std::string family = org::kGeneralFamily;
  std::vector<ShippedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(ShippedQuestions, (), (family, questions))
struct DimensionFile {
  std::vector<DimensionView> dimensions;
};
BOOST_DESCRIBE_STRUCT(DimensionFile, (), (dimensions))

namespace {

namespace fs = std::filesystem;
store::Author const kShipped{store::kShippedBy, ""};

Result<std::string> ReadText(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  if (!in) return Fail(ErrorCode::kInternal, "content.unreadable", {{"file", file.filename().string()}});
  return out.str();
}

std::vector<fs::path> JsonFiles(fs::path const& folder) {
  std::vector<fs::path> out;
  std::error_code ignored;  // no folder: nothing is shipped
  for (auto const& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

tl::unexpected<Error> BadContent(fs::path const& file, Error const& error) {
  auto const& first = error.fields.empty() ? FieldError{"", error.key} : error.fields.front();
  return Fail(ErrorCode::kInternal, "content.bad_file",
              {{"file", file.filename().string()}, {"reason", first.pointer + " " + first.code}});
}

}  // namespace

Result<std::vector<DimensionView>> ShippedDimensions(std::filesystem::path const& resource_dir) {
  auto const file = resource_dir / "content/dimensions.json";
  BOLE_ASSIGN(auto const text, ReadText(file));
  auto read = FromJsonText<DimensionFile>(text);
  if (!read) return BadContent(file, read.error());
  return std::move(read->dimensions);
}

Result<> Service::LoadQuestions(db::Tx& tx, org::OrgNodeView const& root, std::string const& text) {
  BOLE_ASSIGN(auto const file, FromJsonText<ShippedQuestions>(text));
  for (auto const& q : file.questions) {
    QuestionContent const content{"",           1,        q.text_zh,    q.text_en,    q.kind,
                                  std::nullopt, q.family, q.competency, q.difficulty, q.suggested_seconds,
                                  q.rubric};
    FieldErrors errors;
    CheckQuestion(content, errors);
    for (auto& error : errors) error.pointer.insert(0, q.code);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const hash = crypto::Sha256Hex(ToText(ContentJson(content)));
    auto row = store::QuestionByCode(tx, root.id, q.code);
    if (!row) {
      store::QuestionRow fresh;
      fresh.org_id = root.id, fresh.code = q.code, fresh.shipped = true, fresh.shipped_hash = hash;
      NewQuestion(tx, fresh, content, kShipped);
    } else if (row->shipped_hash != hash) {
      row->shipped_hash = hash;
      // An edited question keeps its edits; only the hash remembers what we shipped.
      if (store::RevisionAuthor(tx, row->id, row->revision) == store::kShippedBy &&
          SaveQuestion(tx, *row, content, kShipped))
        continue;
      auto const expected = row->version++;
      store::Update(tx, *row, expected);
    }
  }
  return {};
}

Result<> Service::LoadModel(db::Tx& tx, std::string const& text) {
  BOLE_ASSIGN(auto const value, ParseJson(text));
  auto const* document = value.if_object();
  auto const* name = document ? document->if_contains("name") : nullptr;
  if (!name || !name->is_string()) return FailField("/name", "required");
  auto const hash = crypto::Sha256Hex(ToText(value));
  std::string const key(name->as_string());
  std::int64_t highest = 0;
  for (auto const& row : store::Models(tx)) {
    if (row.name != key) continue;
    if (row.content_hash == hash) return {};
    highest = std::max(highest, row.version_no);
  }
  auto const now = context_.clock.Now();
  store::ModelRow const row{NewUlid(now), key, highest + 1, {*document}, hash, ContentStatus::active, now};
  store::Insert(tx, row);
  store::ArchiveModels(tx, key, row.id);
  return {};
}

Result<> Service::LoadShippedContent() {
  auto const folder = context_.config.resource_dir / "content";
  return context_.database.Write([&](db::Tx& tx) -> Result<> {
    auto const root = org_.Root(tx);
    if (!root) return NotFound("org_node");
    for (auto const& file : JsonFiles(folder / "questions")) {
      BOLE_ASSIGN(auto const text, ReadText(file));
      if (auto const done = LoadQuestions(tx, *root, text); !done) return BadContent(file, done.error());
    }
    for (auto const& file : JsonFiles(folder / "scoring_models")) {
      BOLE_ASSIGN(auto const text, ReadText(file));
      if (auto const done = LoadModel(tx, text); !done) return BadContent(file, done.error());
    }
    return {};
  });
}

Result<ScoringModelView> Service::ScoringModel(db::Tx& tx, std::string const& id) {
  std::optional<store::ModelRow> found;
  if (!id.empty()) {
    found = store::Model(tx, id);
  } else {
    for (auto& row : store::Models(tx)) {  // newest first: the last active one is the oldest, "default" wins
      if (row.status != ContentStatus::active || (found && found->name == "default")) continue;
      found = std::move(row);
    }
  }
  if (!found) return NotFound("scoring_model");
  return ScoringModelView{found->id,     found->name,      found->version_no, found->document.value,
                          found->status, found->created_at};
}

Items<ScoringModelView> Service::ScoringModels() {
  return context_.database.Read([&](db::Tx& tx) {
    Items<ScoringModelView> out;
    for (auto const& row : store::Models(tx))
      out.items.push_back({row.id, row.name, row.version_no, row.document.value, row.status, row.created_at});
    return out;
  });
}

Result<ScoringModelView> Service::GetScoringModel(std::string const& id) {
  return context_.database.Read([&](db::Tx& tx) { return ScoringModel(tx, id); });
}

}  // namespace bole::plans
