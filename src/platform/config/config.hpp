#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

// The settings of one process: bole.toml, then environment variables BOLE_<SECTION>_<KEY> (BOLE_<KEY> at the top
// level), over the defaults below. Every member has a working default; `bole.toml` may be absent. docs:
// config/README.md.
namespace bole::config {

struct Http {
  std::string listen = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free port
  std::string public_url;     // "https://interview.example.com", no slash at the end; empty: http://<listen>:<port>
  int threads = 2;            // event loop threads
  std::filesystem::path tls_cert, tls_key;   // PEM; both or neither
  std::vector<std::string> trusted_proxies;  // addresses or CIDR blocks whose X-Forwarded-* headers are believed
};

struct Database {
  std::string url = "sqlite:bole.db";  // "sqlite:<path>" (relative to data_dir) or "postgresql://…"
  int pool = 8;                        // connections
};

struct Jobs {
  int workers = 2;
  bool live_analysis = true;  // analyse while the candidate still speaks
};

struct Crypto {
  std::string algorithm = "aes-256-gcm";          // or "sm4-gcm": for new data; old data stays readable
  std::filesystem::path keys_file = "keys.toml";  // relative to data_dir; variable BOLE_KEYS takes its place
};

struct Audit {
  std::string suite = "ed25519-sha256";  // or "sm2-sm3"; a log keeps what it began with
  int interval_seconds = 2;              // between two rounds of sequencing and signing
  std::filesystem::path anchor_file;     // one JSON line per signed head is appended; relative to data_dir; empty: none
  std::string anchor_url;                // every signed head is posted there; empty: nowhere
  std::string anchor_secret;             // secret of its signature; or anchor_secret_env
};

struct Mail {
  std::string smtp_url;      // smtp://host:587 (STARTTLS when offered), smtps://host:465; empty: no mail is sent
  bool require_tls = false;  // a password never goes to another machine unencrypted, whatever stands here
  std::string from = "bole@localhost";
  std::string from_name = "Bole";
  std::string user;
  std::string password;  // secret; or password_env, the name of a variable
  int timeout_seconds = 20;
};

struct Sms {
  std::string url;     // HTTP gateway, empty: no short messages
  std::string secret;  // secret; or secret_env
  int timeout_seconds = 10;
};

struct Speech {
  std::string model_zh = "auto", model_en = "auto";  // name in the catalogue (`bole models list`), "auto", or "none"
  std::string service_url;                           // OpenAI-compatible transcription service instead of models
  std::string service_key;                           // secret; or service_key_env
  std::string service_model = "whisper-1";
};

struct Embedding {
  std::string engine = "local";  // local | service | none
  std::string service_url;       // OpenAI-compatible /v1/embeddings
  std::string service_key;       // secret; or service_key_env
  std::string service_model;
};

// Sign-in by an identity provider (OpenID Connect). Without an issuer there is none.
struct Oidc {
  std::string issuer;  // https://id.example.com; its /.well-known/openid-configuration says the rest
  std::string client_id;
  std::string client_secret;  // secret; or client_secret_env; empty for a public client (PKCE only)
  std::string scopes = "openid profile email";
  std::string claim = "preferred_username";  // what of the person is compared with …
  std::string account_field = "user_name";   // … user_name or email of an account
  std::string label = "SSO";                 // on the button of the sign-in page
  // checked: who needs a second factor gives it here, unless the token says that there were several; trusted: never.
  std::string second_factor = "checked";
  int timeout_seconds = 10;
};

enum class Expression { kOff, kReference, kScored };
struct Policy {
  Expression expression = Expression::kOff;  // use of facial expression; "scored" is refused under jurisdiction "eu"
  std::string jurisdiction = "cn";           // cn | eu | us | other
};

struct Log {
  std::string level = "info";                    // debug | info | warn | error
  std::string format = "text";                   // text | json
  std::filesystem::path file = "logs/bole.log";  // of the server, a file a day; relative to data_dir; empty: none
  int keep_days = 200;                           // six months at least: Cybersecurity Law of the PRC, article 21
};

struct Config {
  std::filesystem::path data_dir = "data";           // database, blobs, keys
  std::filesystem::path resource_dir = "share";      // locales, fonts, seeds
  std::filesystem::path web_dir = "web/apps";        // <web_dir>/<app>/dist
  std::filesystem::path deps_dir = ".deps";          // wheels and npm data
  std::filesystem::path models_dir = "data/models";  // downloaded models; default <data_dir>/models
  bool demo = false;                                 // load the demo group at first start
  Http http;
  Database database;
  Jobs jobs;
  Crypto crypto;
  Audit audit;
  Mail mail;
  Sms sms;
  Speech speech;
  Embedding embedding;
  Policy policy;
  Oidc oidc;
  Log log;

  [[nodiscard]] std::string PublicUrl() const;                                     // never ends in a slash
  [[nodiscard]] std::filesystem::path InData(std::filesystem::path const&) const;  // relative paths under data_dir
};

using Environment = std::function<std::optional<std::string>(std::string const& name)>;
[[nodiscard]] Environment ProcessEnvironment();

// Reads `file` (empty: none; a named file must exist) and the environment. All problems at once: key "config.invalid",
// one FieldError per problem (pointer "/http/port", code, params key, reason, value, source, line). Unknown keys are
// problems. Paths come out absolute: relative ones count from the working directory of the process.
[[nodiscard]] Result<Config> Load(std::filesystem::path const& file, Environment const& environment);
// The problems as lines for the terminal: "bole.toml:3: http.port: must be 0 to 65535 (is 99999)".
[[nodiscard]] std::string DescribeProblems(Error const& error);

}  // namespace bole::config
