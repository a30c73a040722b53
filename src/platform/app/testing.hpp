#pragma once
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/app/context.hpp"
#include "platform/blob/fault_file_system.hpp"
#include "platform/blob/local_store.hpp"
#include "platform/config/config.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/crypto/encoding.hpp"
#include "platform/crypto/password.hpp"
#include "platform/db_testing/testing.hpp"
#include "platform/events/events.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/router.hpp"
#include "platform/http/routes.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/metrics/metrics.hpp"

// For tests of modules: a whole platform in memory on a fresh database, a pinned clock, and requests without a socket.
// A test adds its modules in SetUp: db.MigrateModules({...}) and Register(context, ...).
namespace bole::testing {

class ModuleTest : public db::testing::StoreTest {
 protected:
  // Calls the handler of a route as a signed-in `who`, without the server's middleware. Paths have no prefix.
  Result<http::Response> Call(Principal const& who, http::Method method, std::string const& path, std::string body = "",
                              http::Pairs query = {}, i18n::Locale locale = i18n::Locale::kEnUs) {
    http::Router const router(routes.all());
    auto const match = router.Find(method, http::PatternSegments(routes.prefix() + path));
    if (!match.route) return NotFound("route");
    BOLE_TRY(http::CheckPermission(who, match.route->doc.permission));
    http::Request request;
    request.method = method, request.path = path, request.path_params = match.params, request.query = std::move(query);
    request.headers = {
        {"content-type", match.route->media.consumes.empty() ? "" : match.route->media.consumes.front()}};
    request.headers.insert(request.headers.end(), with_headers.begin(), with_headers.end());
    request.body = std::move(body), request.locale = locale;
    request.principal = std::make_shared<Principal const>(who);
    return match.route->handler(request);
  }
  // The same, answered as JSON.
  Result<json::value> CallJson(Principal const& who, http::Method method, std::string const& path,
                               std::string body = "", http::Pairs query = {},
                               i18n::Locale locale = i18n::Locale::kEnUs) {
    BOLE_ASSIGN(auto const response, Call(who, method, path, std::move(body), std::move(query), locale));
    return ParseJson(std::get<std::string>(response.body));
  }
  static Principal User(std::vector<std::string> const& permissions, std::string const& org_path) {
    Principal who{PrincipalKind::user, "01USER0000000000000000USER", "s", "tester", {}};
    for (auto const& permission : permissions) who.grants.push_back({permission, org_path});
    for (auto const field : {FieldClass::contact, FieldClass::id_number, FieldClass::pay})
      who.fields.push_back({field, FieldLevel::reveal, org_path});
    return who;
  }
  static std::filesystem::path ShareFolder() { return std::filesystem::path(BOLE_SHARE_DIR); }

  http::Pairs with_headers;                          // sent with every call, names in lower case
  ManualClock clock{FromMillis(1'763'800'000'000)};  // 2025-11-22
  std::shared_ptr<crypto::KeyRing> keys =
      crypto::KeyRing::Load({{},
                             "index=" + crypto::Base64UrlEncode(crypto::Bytes(32, 1)) +
                                 ",k1=" + crypto::Base64UrlEncode(crypto::Bytes(32, 2)),
                             crypto::Algorithm::kAes256Gcm},
                            clock)
          .value();
  config::Config config{.resource_dir = ShareFolder()};
  jobs::JobQueue queue{clock};
  jobs::JobRunner runner{*db, queue, clock};
  blob::FaultFileSystem files;
  std::unique_ptr<blob::BlobStore> blobs =
      blob::MakeLocalStore({.root = "/blobs", .max_piece_bytes = 8 * 1024 * 1024}, files, keys).value();
  crypto::FieldCipher fields{keys};
  crypto::PasswordHasher passwords{{.memory_kib = 8, .passes = 1, .lanes = 1}};
  i18n::Messages messages = i18n::Messages::Load(ShareFolder() / "locales").value();
  metrics::Registry metrics;
  http::Routes routes;
  http::EventHub events;
  EventBus bus{queue};
  AppContext context{config,    clock,    *db,     queue,  runner, *blobs, fields,
                     passwords, messages, metrics, routes, events, bus};
};

}  // namespace bole::testing
