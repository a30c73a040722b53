#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "modules/audit/sequencer.hpp"
#include "platform/config/config.hpp"
#include "platform/mail/signed_post.hpp"

// Copies of the heads outside of the database, where who edits the database cannot reach them.
namespace bole::audit {
namespace {

constexpr int kTimeoutSeconds = 20;

Result<> StorageFailure(std::filesystem::path const& file) {
  return Fail(errno == ENOSPC ? ErrorCode::kStorageFull : ErrorCode::kUnavailable, "storage.io",
              {{"path", file.string()}, {"reason", std::strerror(errno)}});
}

// Appends and syncs; a text that was there before stays.
Result<> AppendDurably(std::filesystem::path const& file, std::string_view text) {
  int const fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (fd < 0) return StorageFailure(file);
  bool good = true;
  while (good && !text.empty()) {
    auto const written = ::write(fd, text.data(), text.size());
    if (written > 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else
      good = written < 0 && errno == EINTR;
  }
  good = good && ::fsync(fd) == 0;
  auto const result = good ? Result<>() : StorageFailure(file);
  ::close(fd);
  return result;
}

}  // namespace

std::string AnchorLine(store::LogRow const& log, store::HeadRow const& head) {
  return ToText(json::object{{"type", "head"},
                             {"log_id", log.id},
                             {"suite", log.suite},
                             {"size", head.size},
                             {"root", head.root},
                             {"at", ToMillis(head.at)},
                             {"key_id", head.key_id},
                             {"signature", head.signature}});
}

// At least once: a crash between file and database repeats lines, which says the same again.
Result<> Sequencer::AppendAnchors() {
  if (anchor_file_.empty()) return {};
  for (;;) {
    std::string lines;
    std::int64_t last = 0;
    context_.database.Read([&](db::Tx& tx) {
      auto const log = store::FindLog(tx);
      if (!log) return;
      for (auto const& head : store::HeadsAfter(tx, log->anchored_size)) {
        lines += AnchorLine(*log, head) + "\n";
        last = head.size;
      }
    });
    if (lines.empty()) return {};
    BOLE_TRY(AppendDurably(anchor_file_, lines));
    context_.database.Write([&](db::Tx& tx) { store::SetAnchored(tx, last); });
  }
}

Result<> PostAnchor(AppContext& context, std::int64_t size) {
  auto const& config = context.config.audit;
  auto const body = context.database.Read([&](db::Tx& tx) {
    auto const log = store::FindLog(tx);
    auto const head = store::HeadOf(tx, size);
    return log && head ? AnchorLine(*log, *head) : std::string();
  });
  if (body.empty()) return NotFound("head");
  BOLE_ASSIGN(auto const answer, mail::PostSigned({config.anchor_url, config.anchor_secret, kTimeoutSeconds}, body,
                                                  context.clock, "audit.anchor_unreachable"));
  if (answer.status >= 200 && answer.status <= 299) return {};
  // Also a refusal is tried again: it is the receiver's mistake, and the head must get out.
  return Fail(ErrorCode::kUnavailable, "audit.anchor_refused", {{"reply", std::to_string(answer.status)}});
}

}  // namespace bole::audit
