#pragma once
#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

// What both senders need of libcurl. Included by .cpp files only.
namespace bole::mail {

using CurlHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// A handle with time limits, without signals and redirects, for these protocols only ("smtp,smtps").
[[nodiscard]] CurlHandle NewCurl(std::string const& url, char const* protocols, int timeout_seconds);
void Append(CurlList& list, std::string const& line);
// One line of a server's words for a person: no control characters, at most 200 bytes.
[[nodiscard]] std::string Shorten(std::string_view reply);

}  // namespace bole::mail
