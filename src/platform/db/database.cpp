#include "platform/db/database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <deque>
#include <mutex>

#include "platform/log/log.hpp"

namespace bole::db {

void BadColumn(std::string_view what, std::string_view why) {
  throw DatabaseError("unreadable column in " + std::string(what) + ": " + std::string(why));
}

namespace {

// `?` becomes SOCI's named parameters; quoted text is left alone.
std::string Numbered(std::string const& sql) {
  std::string out;
  out.reserve(sql.size() + 16);
  char quote = 0;
  int next = 0;
  for (char const c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      out += ":p" + std::to_string(++next);
      continue;
    }
    out.push_back(c);
  }
  return out;
}

struct Bound {
  long long integer = 0;
  double real = 0;
  std::string text;
  soci::indicator indicator = soci::i_ok;
};

void BindParameter(soci::statement& statement, Value const& value, Bound& slot) {
  if (auto const* integer = std::get_if<std::int64_t>(&value)) {
    slot.integer = *integer;
    statement.exchange(soci::use(slot.integer));
  } else if (auto const* real = std::get_if<double>(&value)) {
    slot.real = *real;
    statement.exchange(soci::use(slot.real));
  } else {
    auto const* text = std::get_if<std::string>(&value);
    slot.indicator = text ? soci::i_ok : soci::i_null;
    if (text) slot.text = *text;
    statement.exchange(soci::use(slot.text, slot.indicator));
  }
}

void BindColumn(soci::statement& statement, Kind kind, Bound& slot) {
  if (kind == Kind::integer)
    statement.exchange(soci::into(slot.integer, slot.indicator));
  else if (kind == Kind::real)
    statement.exchange(soci::into(slot.real, slot.indicator));
  else
    statement.exchange(soci::into(slot.text, slot.indicator));
}

Value TakeColumn(Kind kind, Bound const& slot) {
  if (slot.indicator == soci::i_null) return {};
  if (kind == Kind::integer) return static_cast<std::int64_t>(slot.integer);
  if (kind == Kind::real) return slot.real;
  return slot.text;
}

[[noreturn]] void Rethrow(std::string_view name, std::exception const& error) {
  std::string const what = std::string(name) + ": " + error.what();
  auto const* postgres = dynamic_cast<soci::postgresql_soci_error const*>(&error);
  if (postgres && postgres->sqlstate() == "23505") throw UniqueViolation(what);
  if (what.find("UNIQUE constraint failed") != std::string::npos) throw UniqueViolation(what);
  throw DatabaseError(what);
}

bool IsSerialisationFailure(std::exception const& error) {
  std::string_view const what = error.what();
  return what.find("40001") != std::string_view::npos || what.find("could not serialize") != std::string_view::npos ||
         what.find("deadlock detected") != std::string_view::npos;
}

class SociTx final : public Tx {
 public:
  SociTx(soci::session& session, Dialect dialect) : session_(session), dialect_(dialect) {}

  [[nodiscard]] Dialect dialect() const override { return dialect_; }

  std::int64_t Run(Query const& query, Cells const& parameters) override {
    try {
      soci::statement statement(session_);
      std::deque<Bound> slots(parameters.size());
      Prepare(statement, query, parameters, slots);
      statement.execute(true);
      return statement.get_affected_rows();
    } catch (soci::soci_error const& error) {
      Rethrow(query.name, error);
    }
  }

  std::vector<Cells> Fetch(Query const& query, Cells const& parameters, std::vector<Kind> const& columns) override {
    try {
      soci::statement statement(session_);
      std::deque<Bound> slots(parameters.size()), into(columns.size());
      for (std::size_t i = 0; i < columns.size(); ++i) BindColumn(statement, columns[i], into[i]);
      Prepare(statement, query, parameters, slots);
      std::vector<Cells> out;
      statement.execute(false);
      while (statement.fetch()) {
        Cells& cells = out.emplace_back();
        cells.reserve(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) cells.push_back(TakeColumn(columns[i], into[i]));
      }
      return out;
    } catch (soci::soci_error const& error) {
      Rethrow(query.name, error);
    }
  }

  void OnCommit(std::function<void()> action) override { after_.push_back(std::move(action)); }

  void RunAfterCommit() {
    for (auto const& action : after_) action();
  }

 private:
  static void Prepare(soci::statement& statement, Query const& query, Cells const& parameters,
                      std::deque<Bound>& slots) {
    for (std::size_t i = 0; i < parameters.size(); ++i) BindParameter(statement, parameters[i], slots[i]);
    statement.alloc();
    statement.prepare(Numbered(query.text));
    statement.define_and_bind();
  }

  soci::session& session_;
  Dialect dialect_;
  std::vector<std::function<void()>> after_;
};

class SociDatabase final : public Database {
 public:
  SociDatabase(std::string const& url, std::size_t connections)
      : dialect_(url.starts_with("sqlite:") ? Dialect::sqlite : Dialect::postgresql), pool_(connections) {
    try {
      for (std::size_t i = 0; i < connections; ++i) Connect(pool_.at(i), url);
    } catch (soci::soci_error const& error) {
      throw DatabaseError(std::string("cannot open the database: ") + error.what());
    }
  }

  [[nodiscard]] Dialect dialect() const override { return dialect_; }

 protected:
  void WithTx(bool write, std::function<bool(Tx&)> const& use) override {
    constexpr int kAttempts = 5;
    for (int attempt = 1;; ++attempt) {
      try {
        return Once(write, use);
      } catch (DatabaseError const& error) {
        if (attempt >= kAttempts || !IsSerialisationFailure(error)) throw;
        log::Debug("db.retry", {{"what", error.what()}});
      }
    }
  }

 private:
  void Connect(soci::session& session, std::string const& url) const {
    if (dialect_ == Dialect::postgresql) {
      session.open(soci::postgresql, url);
      session << "SET TIME ZONE 'UTC'";
      return;
    }
    session.open(soci::sqlite3, "db=\"" + url.substr(7) + "\" timeout=10");
    for (auto const* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON",
                               "PRAGMA busy_timeout=10000", "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-16000"})
      session << pragma;
  }

  void Once(bool write, std::function<bool(Tx&)> const& use) {
    std::unique_lock<std::mutex> turn;
    if (write && dialect_ == Dialect::sqlite) turn = std::unique_lock(writer_);
    soci::session session(pool_);
    if (dialect_ == Dialect::sqlite)
      session << (write ? "BEGIN IMMEDIATE" : "BEGIN");
    else
      session << (write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    SociTx tx(session, dialect_);
    bool commit = false;
    try {
      commit = use(tx);
      session << (commit ? "COMMIT" : "ROLLBACK");
    } catch (soci::soci_error const& error) {
      Rollback(session);
      Rethrow("commit", error);
    } catch (...) {
      Rollback(session);
      throw;
    }
    if (turn.owns_lock()) turn.unlock();
    if (commit) tx.RunAfterCommit();
  }

  static void Rollback(soci::session& session) {
    try {
      session << "ROLLBACK";
    } catch (soci::soci_error const& error) {
      log::Warn("db.rollback_failed", {{"what", error.what()}});
    }
  }

  Dialect dialect_;
  soci::connection_pool pool_;
  std::mutex writer_;
};

}  // namespace

std::unique_ptr<Database> Database::Open(std::string const& url, std::size_t connections) {
  if (!url.starts_with("sqlite:") && !url.starts_with("postgresql://"))
    throw DatabaseError("database.url must start with sqlite: or postgresql://");
  return std::make_unique<SociDatabase>(url, connections);
}

}  // namespace bole::db
