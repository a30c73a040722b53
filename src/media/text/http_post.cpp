#include "media/text/http_post.hpp"

#include <curl/curl.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace bole::media {
namespace {

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;
constexpr std::size_t kLargestReply = 32 << 20;
constexpr int kTries = 3;

std::size_t Collect(char* data, std::size_t size, std::size_t count, void* target) {
  auto& out = *static_cast<std::string*>(target);
  if (out.size() + size * count > kLargestReply) return 0;
  out.append(data, size * count);
  return size * count;
}

int Progress(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::stop_token const*>(stop)->stop_requested() ? 1 : 0;
}

// Waits between tries; returns false when asked to stop.
bool Pause(std::chrono::milliseconds time, std::stop_token const& stop) {
  std::mutex mutex;
  std::condition_variable_any waiter;
  std::unique_lock lock(mutex);
  return !waiter.wait_for(lock, stop, time, [&] { return stop.stop_requested(); });
}

Result<std::string> Post(std::string const& url, std::string const& bearer, int timeout_seconds,
                         std::function<void(CURL*, curl_slist*&)> const& body, std::stop_token const& stop) {
  std::string status = "0";
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (attempt > 0 && !Pause(std::chrono::milliseconds(300 << attempt), stop)) break;
    Handle curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) break;
    curl_slist* headers = nullptr;
    if (!bearer.empty()) headers = curl_slist_append(headers, ("Authorization: Bearer " + bearer).c_str());
    body(curl.get(), headers);
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> owner(headers, curl_slist_free_all);
    std::string reply;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(timeout_seconds));
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Collect);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, Progress);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &stop);
    auto const result = curl_easy_perform(curl.get());
    long code = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &code);
    if (result == CURLE_OK && code >= 200 && code < 300) return reply;
    status = std::to_string(code);
    bool const again = result != CURLE_OK || code == 429 || code >= 500;
    if (!again || stop.stop_requested()) break;
  }
  return Fail(ErrorCode::kUnavailable, "engine.service", {{"status", status}});
}

}  // namespace

Result<std::string> PostJson(std::string const& url, std::string const& bearer, std::string const& body,
                             int timeout_seconds) {
  return Post(url, bearer, timeout_seconds,
              [&](CURL* curl, curl_slist*& headers) {
                headers = curl_slist_append(headers, "Content-Type: application/json");
                curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
                curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
              },
              {});
}

Result<std::string> PostForm(std::string const& url, std::string const& bearer,
                             std::vector<std::pair<std::string, std::string>> const& fields, FormFile const& file,
                             int timeout_seconds, std::stop_token const& stop) {
  std::unique_ptr<curl_mime, void (*)(curl_mime*)> mime(nullptr, curl_mime_free);
  return Post(
      url, bearer, timeout_seconds,
      [&](CURL* curl, curl_slist*&) {
        mime.reset(curl_mime_init(curl));
        for (auto const& [name, value] : fields) {
          auto* part = curl_mime_addpart(mime.get());
          curl_mime_name(part, name.c_str());
          curl_mime_data(part, value.c_str(), value.size());
        }
        auto* part = curl_mime_addpart(mime.get());
        curl_mime_name(part, file.field.c_str());
        curl_mime_filename(part, file.file_name.c_str());
        curl_mime_type(part, file.mime_type.c_str());
        curl_mime_data(part, file.bytes.data(), file.bytes.size());
        curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
      },
      stop);
}

}  // namespace bole::media
