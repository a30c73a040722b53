#include <fstream>
#include <istream>

#include "modules/audit/check.hpp"

namespace bole::audit {
namespace {

struct HeadLine {
  std::optional<std::string> type, id, log_id, suite;
  std::int64_t size = 0, at = 0;
  std::string root, key_id, signature;
};
BOOST_DESCRIBE_STRUCT(HeadLine, (), (type, id, log_id, suite, size, at, root, key_id, signature))

struct KeyLine {
  std::string type, id, public_key;
  std::int64_t created_at = 0;
};
BOOST_DESCRIBE_STRUCT(KeyLine, (), (type, id, public_key, created_at))

struct LogLine {
  std::string type;
  std::int64_t format = 0;
  std::string log_id, suite;
  std::int64_t size = 0;
  bool complete = false;
  std::int64_t exported_at = 0;
};
BOOST_DESCRIBE_STRUCT(LogLine, (), (type, format, log_id, suite, size, complete, exported_at))

struct RecordPart {
  std::string id;
  std::int64_t at = 0;
  std::string actor_kind, actor_id, actor_name, action, subject_kind, subject_id;
  std::optional<std::string> org_id;
  bool succeeded = false;
  std::string details;
};
BOOST_DESCRIBE_STRUCT(RecordPart, (),
                      (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, org_id, succeeded,
                       details))

struct RecordLine {
  std::string type;
  std::int64_t index = 0;
  std::string leaf_hash;
  RecordPart record;
  std::optional<std::vector<std::string>> proof;
};
BOOST_DESCRIBE_STRUCT(RecordLine, (), (type, index, leaf_hash, record, proof))

RecordRow RowOf(RecordLine const& line) {
  auto const& r = line.record;
  return {r.id,           FromMillis(r.at), r.actor_kind, r.actor_id,  r.actor_name, r.action,
          r.subject_kind, r.subject_id,     r.org_id,     r.succeeded, r.details,    line.index};
}

std::string TypeOf(json::value const& line) {
  auto const* object = line.if_object();
  auto const* type = object ? object->if_contains("type") : nullptr;
  return type && type->is_string() ? std::string(type->as_string()) : std::string();
}

class FileCheck {
 public:
  explicit FileCheck(CheckOptions const& options) : options_(options) {}

  Result<Findings> Run(std::istream& in) {
    std::int64_t number = 0;
    for (std::string text; std::getline(in, text);) {
      ++number;
      auto const good = Take(text);
      if (!good && good.error().key == "audit.unreadable_line")
        Broken("line " + std::to_string(number));
      else if (!good)
        return tl::unexpected<Error>(good.error());
    }
    BOLE_TRY(Ready());
    if (!ended_) Broken("the end is missing");
    auto out = verifier_->Finish();
    return out;
  }

 private:
  static tl::unexpected<Error> Unreadable() { return Fail(ErrorCode::kInvalid, "audit.unreadable_line"); }

  Result<> Take(std::string const& text) {
    auto const line = ParseJson(text);
    if (!line || ended_) return Unreadable();
    auto const type = TypeOf(*line);
    if (type == "log" && !log_) {
      auto const log = FromJson<LogLine>(*line);
      if (!log || (!ParseSuite(log->suite) && log->size > 0)) return Fail(ErrorCode::kInvalid, "audit.not_an_export");
      log_ = *log;
      if (log_->suite.empty()) log_->suite = "ed25519-sha256";  // an empty log: nothing to hash
      return {};
    }
    if (!log_) return Fail(ErrorCode::kInvalid, "audit.not_an_export");
    if (type == "key" && !verifier_) {
      auto const key = FromJson<KeyLine>(*line);
      if (!key) return Unreadable();
      claims_.keys[key->id] = key->public_key;
      return {};
    }
    if (type == "head" && !verifier_) {
      auto const head = HeadFromJson(line->get_object());
      if (!head) return Unreadable();
      claims_.heads.push_back(*head);
      return {};
    }
    BOLE_TRY(Ready());
    return type == "record" ? TakeRecord(*line) : TakeEnd(type, *line);
  }

  Result<> Ready() {
    if (verifier_) return {};
    if (!log_) return Fail(ErrorCode::kInvalid, "audit.not_an_export");
    claims_.log_id = log_->log_id, claims_.suite = log_->suite, claims_.trusted = options_.trusted;
    if (log_->complete) claims_.size = log_->size;
    if (!options_.anchors.empty()) {
      BOLE_ASSIGN(claims_.anchors, ReadAnchors(options_.anchors, log_->log_id));
      // Heads that are younger than the export say nothing about it.
      std::erase_if(claims_.anchors, [&](auto const& head) { return head.size > log_->size; });
    }
    if (!log_->complete) {
      if (!claims_.heads.empty()) head_ = claims_.heads.back();
      claims_.heads.clear(), claims_.anchors.clear();
    }
    verifier_.emplace(claims_);
    if (head_) verifier_->Signed(*head_);
    return {};
  }

  Result<> TakeRecord(json::value const& json_line) {
    auto const line = FromJson<RecordLine>(json_line);
    if (!line) return Unreadable();
    auto const leaf = HashFromHex(line->leaf_hash);
    if (!leaf || line->index < 0) return Unreadable();
    ++records_;
    auto const row = RowOf(*line);
    if (!log_->complete) return CheckProof(*line, row);
    if (line->index < verifier_->next() || line->index >= log_->size) {
      verifier_->Extra(row);
      return {};
    }
    verifier_->Skip(line->index);
    verifier_->Leaf(leaf, &row);
    return {};
  }

  // A part of a log: each record stands for itself.
  Result<> CheckProof(RecordLine const& line, RecordRow const& row) {
    Hashes path;
    for (auto const& step : line.proof.value_or(std::vector<std::string>())) {
      auto const hash = HashFromHex(step);
      if (!hash) return Unreadable();
      path.push_back(*hash);
    }
    auto const root = head_ ? HashFromHex(head_->root) : std::nullopt;
    bool const good = root && VerifyInclusion(verifier_->hasher(), static_cast<std::uint64_t>(line.index),
                                              static_cast<std::uint64_t>(head_->size),
                                              verifier_->hasher().Leaf(Canonical(row)), path, *root);
    verifier_->Proven(row, good);
    return {};
  }

  Result<> TakeEnd(std::string const& type, json::value const& line) {
    auto const* records = type == "end" ? line.get_object().if_contains("records") : nullptr;
    if (!records || !records->is_int64()) return Unreadable();
    ended_ = true;
    if (records->get_int64() != records_) Broken(std::to_string(records->get_int64()) + " records promised");
    return {};
  }

  void Broken(std::string what) {
    if (!verifier_ && !Ready()) return;
    verifier_->Add({ProblemKind::file_broken, std::nullopt, "", std::move(what)});
  }

  CheckOptions const& options_;
  std::optional<LogLine> log_;
  Claims claims_;
  std::optional<store::HeadRow> head_;  // of a part
  std::optional<Verifier> verifier_;
  std::int64_t records_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<store::HeadRow> HeadFromJson(json::object const& line) {
  BOLE_ASSIGN(auto const head, FromJson<HeadLine>(line));
  return store::HeadRow{head.id.value_or("anchor"), head.size,   head.root,
                        FromMillis(head.at),        head.key_id, head.signature};
}

Result<std::vector<store::HeadRow>> ReadAnchors(std::filesystem::path const& file, std::string const& log_id) {
  std::ifstream in(file);
  if (!in) return Fail(ErrorCode::kUnavailable, "storage.io", {{"path", file.string()}, {"reason", "cannot be read"}});
  std::vector<store::HeadRow> out;
  std::int64_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    auto const line = ParseJson(text);
    auto const head = line && line->is_object() ? HeadFromJson(line->get_object()) : NotFound("head");
    if (!head && in.peek() == std::ifstream::traits_type::eof()) break;
    if (!head) return Fail(ErrorCode::kInvalid, "audit.bad_anchors", {{"line", std::to_string(number)}});
    auto const* id = line->get_object().if_contains("log_id");
    if (id && id->is_string() && id->get_string() == log_id) out.push_back(*head);
  }
  return out;
}

Result<Findings> CheckFile(std::istream& in, CheckOptions const& options) { return FileCheck(options).Run(in); }

}  // namespace bole::audit
