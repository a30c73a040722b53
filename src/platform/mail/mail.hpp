#pragma once
#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "platform/config/config.hpp"

// Outgoing e-mail and short messages. One call = one attempt; retrying is the caller's (the outbox job's) business:
//   kUnavailable  temporary (network, 4xx reply of SMTP, 5xx of HTTP): try again with back-off
//   kTooMany      temporary, not before params.retry_after_s
//   kInvalid      permanent: `mail.rejected`, `mail.bad_address`, `sms.rejected` …; params.reply has the server's words
//   kUnsupported  the channel is not configured
namespace bole::mail {

struct Message {
  std::string to;       // one address; non-ASCII domains are refused
  std::string to_name;  // UTF-8
  std::string subject;  // UTF-8
  std::string text;     // UTF-8, plain
  std::string html;     // UTF-8; empty: text only
  std::string id;       // stable over retries, becomes Message-ID <id@host>, so that a repeat can be recognised
};

// Thread-safe. Blocks until the server took the message, up to the configured timeout.
class MailSender {
 public:
  virtual ~MailSender() = default;
  [[nodiscard]] virtual Result<> Send(Message const& message) = 0;
};

struct Sms {
  std::string to;    // E.164 or national digits
  std::string text;  // the whole text, for gateways without templates
  std::string template_key;
  std::map<std::string, std::string> params;
  std::string id;  // stable over retries
};

class SmsSender {
 public:
  virtual ~SmsSender() = default;
  [[nodiscard]] virtual Result<> Send(Sms const& sms) = 0;
};

// An empty smtp_url or url gives a sender that answers kUnsupported `mail.not_configured` / `sms.not_configured`.
[[nodiscard]] std::unique_ptr<MailSender> MakeMailSender(config::Mail config, Clock const& clock);
// POST JSON {id, to, text, template, params}; headers X-Bole-Timestamp (seconds), X-Bole-Nonce and
// X-Bole-Signature: sha256=<hex HMAC-SHA-256 of "<timestamp>.<nonce>.<body>">.
[[nodiscard]] std::unique_ptr<SmsSender> MakeSmsSender(config::Sms config, Clock const& clock);

// The complete RFC 5322 / MIME text with CRLF; kInvalid `mail.bad_address` / `mail.bad_header` for control characters.
[[nodiscard]] Result<std::string> BuildMime(config::Mail const& config, Message const& message, Instant now);

}  // namespace bole::mail
