#include "platform/config/fields.hpp"

namespace bole::config {
namespace {

bool IsUrl(std::string_view url, std::initializer_list<std::string_view> schemes) {
  for (auto const scheme : schemes)
    if (url.starts_with(scheme) && url.size() > scheme.size() &&
        url.find_first_of(" \t\r\n\"<>") == std::string_view::npos)
      return true;
  return false;
}

}  // namespace

std::vector<Setting> SettingsOf(Config& c) {
  Range const seconds{1, 600};
  return {
      {"", "data_dir", &c.data_dir},
      {"", "resource_dir", &c.resource_dir},
      {"", "web_dir", &c.web_dir},
      {"", "deps_dir", &c.deps_dir},
      {"", "models_dir", &c.models_dir},
      {"", "demo", &c.demo},
      {"http", "listen", &c.http.listen},
      {"http", "port", &c.http.port},
      {"http", "public_url", &c.http.public_url},
      {"http", "threads", &c.http.threads, {1, 256}},
      {"http", "tls_cert", &c.http.tls_cert, {}, {}, false, true},
      {"http", "tls_key", &c.http.tls_key, {}, {}, false, true},
      {"http", "trusted_proxies", &c.http.trusted_proxies},
      {"database", "url", &c.database.url, {}, {}, true},
      {"database", "pool", &c.database.pool, {1, 1000}},
      {"jobs", "workers", &c.jobs.workers, {0, 256}},
      {"jobs", "live_analysis", &c.jobs.live_analysis},
      {"crypto", "algorithm", &c.crypto.algorithm, {}, {"aes-256-gcm", "sm4-gcm"}},
      {"crypto", "keys_file", &c.crypto.keys_file},
      {"audit", "suite", &c.audit.suite, {}, {"ed25519-sha256", "sm2-sm3"}},
      {"audit", "interval_seconds", &c.audit.interval_seconds, {1, 3600}},
      {"audit", "anchor_file", &c.audit.anchor_file, {}, {}, false, true},
      {"audit", "anchor_url", &c.audit.anchor_url},
      {"audit", "anchor_secret", &c.audit.anchor_secret, {}, {}, true},
      {"mail", "smtp_url", &c.mail.smtp_url},
      {"mail", "require_tls", &c.mail.require_tls},
      {"mail", "from", &c.mail.from},
      {"mail", "from_name", &c.mail.from_name},
      {"mail", "user", &c.mail.user},
      {"mail", "password", &c.mail.password, {}, {}, true},
      {"mail", "timeout_seconds", &c.mail.timeout_seconds, seconds},
      {"sms", "url", &c.sms.url},
      {"sms", "secret", &c.sms.secret, {}, {}, true},
      {"sms", "timeout_seconds", &c.sms.timeout_seconds, seconds},
      {"speech", "model_zh", &c.speech.model_zh},
      {"speech", "model_en", &c.speech.model_en},
      {"speech", "service_url", &c.speech.service_url},
      {"speech", "service_key", &c.speech.service_key, {}, {}, true},
      {"speech", "service_model", &c.speech.service_model},
      {"embedding", "engine", &c.embedding.engine, {}, {"local", "service", "none"}},
      {"embedding", "service_url", &c.embedding.service_url},
      {"embedding", "service_key", &c.embedding.service_key, {}, {}, true},
      {"embedding", "service_model", &c.embedding.service_model},
      {"oidc", "issuer", &c.oidc.issuer},
      {"oidc", "client_id", &c.oidc.client_id},
      {"oidc", "client_secret", &c.oidc.client_secret, {}, {}, true},
      {"oidc", "scopes", &c.oidc.scopes},
      {"oidc", "claim", &c.oidc.claim},
      {"oidc", "account_field", &c.oidc.account_field, {}, {"user_name", "email"}},
      {"oidc", "label", &c.oidc.label},
      {"oidc", "second_factor", &c.oidc.second_factor, {}, {"checked", "trusted"}},
      {"oidc", "timeout_seconds", &c.oidc.timeout_seconds, {1, 60}},
      {"policy", "expression", &c.policy.expression, {}, {"off", "reference", "scored"}},
      {"policy", "jurisdiction", &c.policy.jurisdiction, {}, {"cn", "eu", "us", "other"}},
      {"log", "level", &c.log.level, {}, {"debug", "info", "warn", "error"}},
      {"log", "format", &c.log.format, {}, {"text", "json"}},
      {"log", "file", &c.log.file, {}, {}, false, true},
      {"log", "keep_days", &c.log.keep_days, {184, 3650}},
  };
}

std::vector<Problem> CheckTogether(Config const& c) {
  std::vector<Problem> problems;
  auto const check = [&](bool good, std::string section, std::string key, std::string code, std::string reason) {
    if (!good) problems.push_back({std::move(section), std::move(key), std::move(code), std::move(reason)});
  };
  auto const url = [&](std::string const& value, std::string section, std::string key,
                       std::initializer_list<std::string_view> schemes) {
    std::string reason = "must be empty or start with";
    for (auto const scheme : schemes) reason += " " + std::string(scheme);
    check(value.empty() || IsUrl(value, schemes), std::move(section), std::move(key), "bad_url", reason);
  };
  url(c.http.public_url, "http", "public_url", {"http://", "https://"});
  url(c.audit.anchor_url, "audit", "anchor_url", {"http://", "https://"});
  check(c.audit.anchor_url.empty() || !c.audit.anchor_secret.empty(), "audit", "anchor_secret", "required",
        "is needed with audit.anchor_url");
  url(c.mail.smtp_url, "mail", "smtp_url", {"smtp://", "smtps://"});
  url(c.sms.url, "sms", "url", {"http://", "https://"});
  url(c.speech.service_url, "speech", "service_url", {"http://", "https://"});
  url(c.embedding.service_url, "embedding", "service_url", {"http://", "https://"});
  check(!c.database.url.empty() && IsUrl(c.database.url, {"sqlite:", "postgresql://", "postgres://"}), "database",
        "url", "bad_url", "must start with sqlite: or postgresql://");
  check(c.http.tls_cert.empty() == c.http.tls_key.empty(), "http", "tls_cert", "needs_both",
        "tls_cert and tls_key belong together");
  check(!c.http.listen.empty(), "http", "listen", "required", "must name an address");
  check(c.mail.from.find('@') != std::string::npos && c.mail.from.find_first_of(" \r\n<>") == std::string::npos, "mail",
        "from", "bad_address", "must be a mail address");
  check(c.sms.url.empty() || !c.sms.secret.empty(), "sms", "secret", "required", "is needed with sms.url");
  check(c.embedding.engine != "service" || !c.embedding.service_url.empty(), "embedding", "service_url", "required",
        "is needed with engine = \"service\"");
  url(c.oidc.issuer, "oidc", "issuer", {"https://", "http://localhost", "http://127.0.0.1"});
  check(c.oidc.issuer.empty() || !c.oidc.client_id.empty(), "oidc", "client_id", "required",
        "is needed with an issuer");
  check(c.policy.expression != Expression::kScored || c.policy.jurisdiction != "eu", "policy", "expression",
        "forbidden", "\"scored\" is not lawful under jurisdiction \"eu\"");
  return problems;
}

}  // namespace bole::config
