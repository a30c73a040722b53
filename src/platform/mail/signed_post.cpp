#include "platform/mail/signed_post.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/crypto/random.hpp"
#include "platform/mail/curl.hpp"

namespace bole::mail {
namespace {

std::size_t Ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

Result<PostAnswer> PostSigned(SignedPost const& target, std::string const& body, Clock const& clock,
                              char const* error_key) {
  auto const timestamp = std::to_string(ToMillis(clock.Now()) / 1000);
  auto const nonce = crypto::RandomToken(16);
  auto const handle = NewCurl(target.url, "http,https", target.timeout_seconds);
  auto* curl = handle.get();
  CurlList headers(nullptr, &curl_slist_free_all);
  Append(headers, "Content-Type: application/json");
  Append(headers, "Expect:");
  Append(headers, "X-Bole-Timestamp: " + timestamp);
  Append(headers, "X-Bole-Nonce: " + nonce);
  Append(headers,
         "X-Bole-Signature: sha256=" + crypto::HmacSha256Hex(target.secret, timestamp + "." + nonce + "." + body));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Ignore);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, 1024L * 1024L);
  auto const code = curl_easy_perform(curl);
  if (code != CURLE_OK) return Fail(ErrorCode::kUnavailable, error_key, {{"reason", curl_easy_strerror(code)}});
  PostAnswer answer;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
  answer.retry_after = static_cast<long>(retry_after);
  return answer;
}

}  // namespace bole::mail
