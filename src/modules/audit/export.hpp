#pragma once
#include "modules/audit/store.hpp"

// The log as JSON lines, to be checked anywhere (check.hpp): one line "log", the public keys, signed heads, the records
// of the newest of these heads by leaf index, and a line "end" that says how many. An export of a part carries only the
// newest head and a proof for each record. Instants are milliseconds since 1970; `details` is the stored text.
namespace bole::audit {

class ExportStream {
 public:
  // Everything in scope that passes the filter (its limit and cursor do not count). The log does not change below the
  // newest head, so each piece may be read by itself.
  ExportStream(db::Database& database, Scope scope, store::RecordFilter filter, Instant now);
  // The next lines; empty: the end was reached. kInternal audit.tree_broken.
  [[nodiscard]] Result<std::string> Next();
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  std::string Begin(db::Tx& tx);
  std::string Heads(db::Tx& tx);
  std::string Records(db::Tx& tx);

  db::Database& database_;
  Scope scope_;
  store::RecordFilter filter_;
  Instant now_;
  bool complete_;
  std::optional<store::LogRow> log_;
  std::int64_t size_ = 0;  // of the newest head
  enum class Step { begin, heads, records, end } step_ = Step::begin;
  std::int64_t next_ = 0;  // size of the last head, then leaf index
  std::int64_t written_ = 0;
};

}  // namespace bole::audit
