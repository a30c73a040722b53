#include "platform/db/database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <deque>
#include <mutex>
#include <unordered_map>

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

// What a parameter is bound as: null goes as a text without value.
char KindOf(Value const& value) {
  return std::holds_alternative<std::int64_t>(value) ? 'i' : std::holds_alternative<double>(value) ? 'r' : 't';
}

void BindParameter(soci::statement& statement, Value const& value, Bound& slot) {
  if (std::holds_alternative<std::int64_t>(value))
    statement.exchange(soci::use(slot.integer));
  else if (std::holds_alternative<double>(value))
    statement.exchange(soci::use(slot.real));
  else
    statement.exchange(soci::use(slot.text, slot.indicator));
}

void Put(Value const& value, Bound& slot) {
  if (auto const* integer = std::get_if<std::int64_t>(&value)) {
    slot.integer = *integer;
  } else if (auto const* real = std::get_if<double>(&value)) {
    slot.real = *real;
  } else {
    auto const* text = std::get_if<std::string>(&value);
    slot.indicator = text ? soci::i_ok : soci::i_null;
    if (text) slot.text = *text;
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
    return Using(query, parameters, {}, [](Prepared& prepared) {
      prepared.statement.execute(true);
      return prepared.statement.get_affected_rows();
    });
  }

  std::vector<Cells> Fetch(Query const& query, Cells const& parameters, std::vector<Kind> const& columns) override {
    return Using(query, parameters, columns, [&](Prepared& prepared) {
      std::vector<Cells> out;
      prepared.statement.execute(false);
      while (prepared.statement.fetch()) {
        Cells& cells = out.emplace_back();
        cells.reserve(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) cells.push_back(TakeColumn(columns[i], prepared.into[i]));
      }
      return out;
    });
  }

  void OnCommit(std::function<void()> action) override { after_.push_back(std::move(action)); }

  // Before a commit, so that no statement is open then; after a rollback, because PostgreSQL forgets none while a
  // transaction is broken.
  void Close() { prepared_.clear(), failed_.clear(); }

  void RunAfterCommit() {
    for (auto const& action : after_) action();
  }

 private:
  struct Prepared {
    explicit Prepared(soci::session& session) : statement(session) {}
    std::deque<Bound> use{}, into{};  // before the statement that points at them
    soci::statement statement;
  };

  // Work on many rows repeats its statements: each is parsed and planned once in a transaction. One that failed is not
  // used again.
  template <class Act>
  std::invoke_result_t<Act, Prepared&> Using(Query const& query, Cells const& parameters,
                                             std::vector<Kind> const& columns, Act act) {
    std::string key = query.text;
    key.push_back('\0');
    for (auto const& value : parameters) key.push_back(KindOf(value));
    for (auto const kind : columns) key.push_back(static_cast<char>('0' + static_cast<int>(kind)));
    try {
      auto found = prepared_.find(key);
      if (found == prepared_.end()) {
        if (prepared_.size() >= kMaxPrepared) prepared_.clear();
        found = prepared_.emplace(key, Prepare(query, parameters, columns)).first;
      }
      auto& prepared = *found->second;
      for (std::size_t i = 0; i < parameters.size(); ++i) Put(parameters[i], prepared.use[i]);
      return act(prepared);
    } catch (soci::soci_error const& error) {
      if (auto node = prepared_.extract(key)) failed_.push_back(std::move(node.mapped()));
      Rethrow(query.name, error);
    }
  }

  std::unique_ptr<Prepared> Prepare(Query const& query, Cells const& parameters, std::vector<Kind> const& columns) {
    auto out = std::make_unique<Prepared>(session_);
    out->use.resize(parameters.size()), out->into.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) BindColumn(out->statement, columns[i], out->into[i]);
    for (std::size_t i = 0; i < parameters.size(); ++i) BindParameter(out->statement, parameters[i], out->use[i]);
    out->statement.alloc();
    out->statement.prepare(Numbered(query.text));
    out->statement.define_and_bind();
    return out;
  }

  static constexpr std::size_t kMaxPrepared = 100;

  soci::session& session_;
  Dialect dialect_;
  std::vector<std::function<void()>> after_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared_;
  std::vector<std::unique_ptr<Prepared>> failed_;
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
      if (!commit) Rollback(session);
      tx.Close();
      if (commit) session << "COMMIT";
    } catch (soci::soci_error const& error) {
      Rollback(session);
      tx.Close();
      Rethrow("commit", error);
    } catch (...) {
      Rollback(session);
      tx.Close();
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
