#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.hpp"
#include "platform/db/value.hpp"

namespace bole::db {

enum class Dialect { sqlite, postgresql };

// A named statement; `?` marks parameters. The name appears in errors, logs and metrics.
struct Query {
  std::string_view name;
  std::string text;
};

// The database refused a second row with the same unique key (a race that a check before could not see).
struct UniqueViolation : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Any other failure of the database: infrastructure, caught once per request or job.
struct DatabaseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One transaction on one connection; not thread-safe, lives only inside Database::Read or Write.
class Tx {
 public:
  virtual ~Tx() = default;
  [[nodiscard]] virtual Dialect dialect() const = 0;
  // Rows changed.
  virtual std::int64_t Run(Query const& query, Cells const& parameters) = 0;
  virtual std::vector<Cells> Fetch(Query const& query, Cells const& parameters, std::vector<Kind> const& columns) = 0;
  // Called after a successful commit, never after a rollback (wakes job workers, publishes live events).
  virtual void OnCommit(std::function<void()> action) = 0;

  template <class... Args>
  std::int64_t Execute(Query const& query, Args const&... args) {
    return Run(query, Cells{ToValue(args)...});
  }
  // Rows of a described struct, columns in the order of its members: use Columns<Row>().
  template <class Row, class... Args>
  std::vector<Row> Select(Query const& query, Args const&... args) {
    return SelectWith<Row>(query, Cells{ToValue(args)...});
  }
  template <class Row>
  std::vector<Row> SelectWith(Query const& query, Cells const& parameters);
  template <class Row, class... Args>
  std::optional<Row> One(Query const& query, Args const&... args) {
    auto rows = Select<Row>(query, args...);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
  }
  template <class T, class... Args>
  std::optional<T> Scalar(Query const& query, Args const&... args) {
    auto const rows = Fetch(query, Cells{ToValue(args)...}, {KindOf<T>()});
    if (rows.empty() || std::holds_alternative<std::monostate>(rows[0][0])) return std::nullopt;
    T out{};
    FromValue(rows[0][0], out);
    return out;
  }
  // INSERT of every member of a described row.
  template <class Row>
  void Insert(std::string_view table, Row const& row) {
    Cells const cells = ToCells(row);
    std::string marks;
    for (std::size_t i = 0; i < cells.size(); ++i) marks += i == 0 ? "?" : ", ?";
    Run({table, "INSERT INTO " + std::string(table) + " (" + Columns<Row>() + ") VALUES (" + marks + ")"}, cells);
  }
};

template <class Row>
std::vector<Row> Tx::SelectWith(Query const& query, Cells const& parameters) {
  std::vector<Kind> kinds;
  ForEachMember<Row>(
      [&](auto d) { kinds.push_back(KindOf<std::remove_cvref_t<decltype(std::declval<Row&>().*d.pointer)>>()); });
  std::vector<Row> out;
  for (auto const& cells : Fetch(query, parameters, kinds)) {
    Row& row = out.emplace_back();
    std::size_t column = 0;
    ForEachMember<Row>([&](auto d) {
      auto& member = row.*d.pointer;
      if (!kIsOptional<std::remove_cvref_t<decltype(member)>> && std::holds_alternative<std::monostate>(cells[column]))
        BadColumn(query.name, std::string("NULL in ") + d.name);
      FromValue(cells[column++], member);
    });
  }
  return out;
}

// A pool of connections. Thread-safe; Read and Write block while every connection is busy.
class Database {
 public:
  // url: "sqlite:/path/file.db" or "postgresql://user:password@host:port/name". Throws DatabaseError when unreachable.
  static std::unique_ptr<Database> Open(std::string const& url, std::size_t connections);
  virtual ~Database() = default;
  [[nodiscard]] virtual Dialect dialect() const = 0;

  // A consistent snapshot, rolled back at the end.
  template <class F>
  auto Read(F&& use) -> std::invoke_result_t<F, Tx&>;
  // Commits when `use` returns (a Result: only when it holds a value). An exception or a failed Result rolls back.
  // Writers of SQLite queue in order; a serialisation failure of PostgreSQL is tried again, so `use` must not have
  // effects outside the transaction other than by Tx::OnCommit.
  template <class F>
  auto Write(F&& use) -> std::invoke_result_t<F, Tx&>;

 protected:
  // Returns whether to commit.
  virtual void WithTx(bool write, std::function<bool(Tx&)> const& use) = 0;
};

template <class T>
inline constexpr bool kIsResult = false;
template <class T>
inline constexpr bool kIsResult<tl::expected<T, Error>> = true;

template <class F>
auto Database::Read(F&& use) -> std::invoke_result_t<F, Tx&> {
  using R = std::invoke_result_t<F, Tx&>;
  if constexpr (std::is_void_v<R>) {
    WithTx(false, [&](Tx& tx) { return use(tx), false; });
  } else {
    std::optional<R> out;
    WithTx(false, [&](Tx& tx) { return out.emplace(use(tx)), false; });
    return std::move(*out);
  }
}

template <class F>
auto Database::Write(F&& use) -> std::invoke_result_t<F, Tx&> {
  using R = std::invoke_result_t<F, Tx&>;
  if constexpr (std::is_void_v<R>) {
    WithTx(true, [&](Tx& tx) { return use(tx), true; });
  } else {
    std::optional<R> out;
    try {
      WithTx(true, [&](Tx& tx) {
        out.emplace(use(tx));
        if constexpr (kIsResult<R>)
          return out->has_value();
        else
          return true;
      });
    } catch (UniqueViolation const&) {
      if constexpr (kIsResult<R>)
        return Fail(ErrorCode::kConflict, "conflict.duplicate");
      else
        throw;
    }
    return std::move(*out);
  }
}

}  // namespace bole::db
