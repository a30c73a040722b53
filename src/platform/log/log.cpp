#include "platform/log/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "platform/log/daily_file.hpp"

namespace bole::log {
namespace {

thread_local std::string current_request;
std::atomic<bool> as_json{false};

constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warn", "error"};
constexpr std::array kSpdlog{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

std::string_view NameOf(Level level) { return kNames.at(static_cast<std::size_t>(level)); }

// The one sink of the process. A function static, because lines are written before main and after it.
spdlog::logger& Logger() {
  static auto const logger = [] {
    auto created = std::make_shared<spdlog::logger>("bole", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    created->set_pattern("%v");
    created->set_level(spdlog::level::info);
    created->flush_on(spdlog::level::debug);
    return created;
  }();
  return *logger;
}

// The day of a file that daily_file_sink wrote for `path`: the text between "bole_" and ".log".
std::optional<std::string> DayOf(std::filesystem::path const& file, std::filesystem::path const& path) {
  auto const name = file.filename().string(), begin = path.stem().string() + "_", end = path.extension().string();
  bool const ours = name.size() == begin.size() + 10 + end.size() && name.starts_with(begin) && name.ends_with(end);
  return ours ? std::optional(name.substr(begin.size(), 10)) : std::nullopt;
}

// The sink itself removes files only as far back as they follow each other without a day missing.
void RemoveBefore(std::filesystem::path const& path, std::string const& first_kept_day) {
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator(path.parent_path(), error))
    if (auto const day = DayOf(entry.path(), path); day && *day < first_kept_day)
      std::filesystem::remove(entry.path(), error);
}

std::string Quote(std::string_view text) {
  auto const clean = IsValidUtf8(text) ? std::string(text) : EncodeUtf8(DecodeUtf8(text));
  return boost::json::serialize(boost::json::string(clean));
}

// A text that cannot be taken for several fields or lines stands without quotes.
bool IsPlain(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x7F || c == '"' || c == '=' || c == '\\';
  });
}

std::string ValueText(Field const& field, bool json) {
  if (auto const* text = std::get_if<std::string_view>(&field.value)) {
    auto const shown = IsSecretKey(field.key) && !text->empty() ? std::string_view("***") : *text;
    return !json && IsPlain(shown) ? std::string(shown) : Quote(shown);
  }
  if (auto const* number = std::get_if<double>(&field.value)) {
    bool const finite = *number - *number == 0;  // JSON has no NaN
    return finite ? fmt::format("{}", *number) : Quote(fmt::format("{}", *number));
  }
  return std::visit([](auto const& value) { return fmt::format("{}", value); }, field.value);
}

}  // namespace

std::string Render(std::string_view format, Level level, std::string_view event, Fields fields) {
  auto const now = FormatInstant(SystemClock().Now());
  bool const json = format == "json";
  std::string line = json ? fmt::format(R"({{"time":"{}","level":"{}","event":{})", now, NameOf(level), Quote(event))
                          : fmt::format("{} {:5} {}", now, NameOf(level), event);
  auto const add = [&](Field const& field) {
    line += json ? fmt::format(",{}:{}", Quote(field.key), ValueText(field, true))
                 : fmt::format(" {}={}", field.key, ValueText(field, false));
  };
  if (!current_request.empty()) add({"request_id", current_request});
  for (auto const& field : fields) add(field);
  if (json) line += '}';
  return line;
}

void Write(Level level, std::string_view event, Fields fields) {
  auto const severity = kSpdlog.at(static_cast<std::size_t>(level));
  auto& logger = Logger();
  if (!logger.should_log(severity)) return;
  try {
    auto const line = Render(as_json ? "json" : "text", level, event, fields);
    logger.log(severity, spdlog::string_view_t(line.data(), line.size()));
  } catch (std::exception const&) {  // out of memory or of disk: losing the line is the only choice left
  }
}

RequestScope::RequestScope(std::string request_id) : previous_(std::exchange(current_request, std::move(request_id))) {}
RequestScope::~RequestScope() { current_request = std::move(previous_); }

void Configure(Options const& options) {
  auto const found = std::find(kNames.begin(), kNames.end(), options.level);
  if (found != kNames.end()) Logger().set_level(kSpdlog.at(static_cast<std::size_t>(found - kNames.begin())));
  if (options.format == "json" || options.format == "text") as_json = options.format == "json";
}

bool AddDailyFile(std::filesystem::path const& path, int keep_days) {
  try {
    std::filesystem::create_directories(path.parent_path());
    RemoveBefore(path, FormatInstant(SystemClock().Now() - std::chrono::days(keep_days)).substr(0, 10));
    auto sink = std::make_shared<spdlog::sinks::daily_file_sink_mt>(path.string(), 0, 0, false,
                                                                    static_cast<std::uint16_t>(keep_days));
    sink->set_pattern("%v");
    Logger().sinks().push_back(std::move(sink));
    return true;
  } catch (std::exception const&) {
    return false;
  }
}

bool IsSecretKey(std::string_view key) {
  constexpr std::array<std::string_view, 11> kSecret{"password",      "secret",  "token",    "cookie",
                                                     "authorization", "api_key", "otp",      "one_time_code",
                                                     "phone",         "email",   "id_number"};
  auto const lower = AsciiLower(key);
  return std::any_of(kSecret.begin(), kSecret.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string Redact(std::string_view secret) {
  if (secret.size() < 8) return "***";
  return fmt::format("{}…{} ({})", EncodeUtf8(DecodeUtf8(secret).substr(0, 2)), secret.substr(secret.size() - 2),
                     secret.size());
}

}  // namespace bole::log
