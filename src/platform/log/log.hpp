#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

// Structured log: an event name ("blob.torn_tail_cut") and fields; text or one JSON object a line on stderr.
//   log::Info("mail.sent", {{"message_id", id}, {"attempt", 2}, {"ms", 12.5}});
// Never log names, addresses, tokens, passwords or texts of people; ids, counts and codes only. As a net below that,
// texts under a key that sounds secret or personal (password, secret, token, cookie, authorization, one_time_code,
// phone, email, id_number) are shown as "***". Thread-safe; does not throw.
namespace bole::log {

enum class Level { kDebug, kInfo, kWarn, kError };

// A view: lives only as long as the call.
struct Field {
  using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
  std::string_view key;
  Value value;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, char const* v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, std::string const& v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  Field(std::string_view k, std::floating_point auto v) : key(k), value(static_cast<double>(v)) {}
  Field(std::string_view k, std::signed_integral auto v) : key(k), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view k, std::unsigned_integral auto v) : key(k), value(static_cast<std::uint64_t>(v)) {}
};
using Fields = std::initializer_list<Field>;

void Write(Level level, std::string_view event, Fields fields);
inline void Debug(std::string_view event, Fields fields = {}) { Write(Level::kDebug, event, fields); }
inline void Info(std::string_view event, Fields fields = {}) { Write(Level::kInfo, event, fields); }
inline void Warn(std::string_view event, Fields fields = {}) { Write(Level::kWarn, event, fields); }
inline void Error(std::string_view event, Fields fields = {}) { Write(Level::kError, event, fields); }

// Adds request_id to every line of this thread while it lives; scopes nest.
class RequestScope {
 public:
  explicit RequestScope(std::string request_id);
  ~RequestScope();
  RequestScope(RequestScope const&) = delete;
  RequestScope& operator=(RequestScope const&) = delete;

 private:
  std::string previous_;
};

struct Options {
  std::string level = "info";   // debug | info | warn | error
  std::string format = "text";  // text | json
};
// Once, at the start of main; until then text at info. An unknown level or format leaves the default.
void Configure(Options const& options);

// A line as Write would print it, without writing (tests).
[[nodiscard]] std::string Render(std::string_view format, Level level, std::string_view event, Fields fields);
[[nodiscard]] bool IsSecretKey(std::string_view key);
// For values that must be recognisable but not readable: "su…89 (12)" or "***" when short.
[[nodiscard]] std::string Redact(std::string_view secret);

}  // namespace bole::log
