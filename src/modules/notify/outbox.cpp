#include "modules/notify/outbox.hpp"

#include "platform/app/context.hpp"
#include "platform/crypto/cipher.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"

namespace bole::notify {
namespace {

constexpr int kMaxAttempts = 8;

std::optional<MessageRow> Find(db::Tx& tx, std::string const& id) {
  return tx.One<MessageRow>({"notify.message", "SELECT " + db::Columns<MessageRow>() + " FROM message WHERE id = ?"},
                            id);
}

void SaveState(db::Tx& tx, MessageRow const& row) {
  tx.Execute({"notify.state", "UPDATE message SET state = ?, attempts = ?, error = ?, sent_at = ? WHERE id = ?"},
             row.state, row.attempts, row.error, row.sent_at, row.id);
}

struct ListRow {
  std::string id;
  Channel channel = Channel::email;
  std::string to_masked, template_key, subject, text_body;
  MessageState state = MessageState::queued;
  std::int64_t attempts = 0;
  std::string error;
  Instant created_at{};
  std::optional<Instant> sent_at;
  std::string org_path;
};
BOOST_DESCRIBE_STRUCT(ListRow, (),
                      (id, channel, to_masked, template_key, subject, text_body, state, attempts, error, created_at,
                       sent_at, org_path))
constexpr char const* kListColumns =
    "m.id, m.channel, m.to_masked, m.template_key, m.subject, m.text_body, m.state, m.attempts, m.error, m.created_at, "
    "m.sent_at, n.path AS org_path";

bool IsTemporary(Error const& error) {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kTooMany ||
         error.code == ErrorCode::kInternal || error.code == ErrorCode::kStorageFull;
}

}  // namespace

Result<std::string> Outbox::Send(db::Tx& tx, Message const& message) {
  if (message.to.empty()) return Fail(ErrorCode::kInvalid, "notify.no_recipient");
  auto const rendered = Render(context_.messages, message);
  auto const& fields = context_.fields;
  MessageRow row;
  row.created_at = context_.clock.Now();
  row.id = NewUlid(row.created_at), row.org_id = message.org_id, row.related_id = message.related_id;
  row.person_id = message.person_id;
  row.channel = message.channel, row.template_key = message.template_key, row.subject = rendered.subject;
  row.to_masked = message.channel == Channel::email ? MaskEmail(message.to) : MaskPhone(message.to);
  row.recipient = fields.Encrypt(message.to, kRecipient);
  row.recipient_name = fields.Encrypt(message.to_name, kName);
  row.text_body = fields.Encrypt(rendered.text, kText);
  row.html_body = fields.Encrypt(rendered.html, kHtml);
  tx.Insert("message", row);
  context_.queue.Enqueue(tx, {.type = "notify.send",
                              .payload = {{"message_id", row.id}},
                              .key = "notify.send." + row.id,
                              .max_attempts = kMaxAttempts});
  return row.id;
}

std::vector<Delivery> Outbox::DeliveriesOf(db::Tx& tx, std::vector<std::string> const& related_ids) {
  if (related_ids.empty()) return {};
  std::string marks;
  db::Cells values;
  for (auto const& id : related_ids) marks += values.empty() ? "?" : ", ?", values.emplace_back(id);
  std::vector<Delivery> out;
  for (auto const& row : tx.SelectWith<MessageRow>(
           {"notify.deliveries", "SELECT " + db::Columns<MessageRow>() + " FROM message WHERE related_id IN (" + marks +
                                     ") ORDER BY id DESC"},
           values))
    out.push_back({row.id, row.related_id, row.channel, row.to_masked, row.state, row.error,
                   row.sent_at.value_or(row.created_at)});
  return out;
}

Result<Page<MessageView>> Outbox::List(Principal const& who, MessageQuery const& query, audit::Purpose const& purpose) {
  bool const reads = who.Can("message.read");
  Scope const bodies(who, "message.read");
  return context_.database.Write([&](db::Tx& tx) -> Result<Page<MessageView>> {
    db::KeysetQuery list{.name = "notify.list",
                         .columns = kListColumns,
                         .from = "message m JOIN org_node n ON n.id = m.org_id",
                         .id_column = "m.id",
                         .limit = query.limit.value_or(50),
                         .cursor = query.cursor.value_or("")};
    list.Add(db::ScopeCondition(reads ? bodies : Scope(who, "interview.read"), "m.org_id"));
    if (query.related_id) list.And("m.related_id = ?", {*query.related_id});
    if (query.state) list.And("m.state = ?", {db::ToValue(*query.state)});
    auto const page = db::SelectPage<ListRow>(tx, list);
    Page<MessageView> out{{}, page.next_cursor, page.total, page.total_exact};
    std::size_t shown = 0;
    for (auto const& row : page.items) {
      MessageView view{row.id,    row.channel,  row.to_masked, row.subject,    {},
                       row.state, row.attempts, row.error,     row.created_at, row.sent_at};
      if (bodies.Level(FieldClass::contact, row.org_path) == FieldLevel::hidden) view.to_masked.clear();
      bool const secret = IsKey(row.template_key) && row.state != MessageState::not_configured;
      if (reads && bodies.Covers(row.org_path) && !secret) {
        BOLE_ASSIGN(view.body, context_.fields.Decrypt(row.text_body, kText));
        ++shown;
      }
      out.items.push_back(std::move(view));
    }
    if (shown > 0)
      audit_.RecordRead(tx, who, {"message.read", "message", "", "", audit::WithPurpose(purpose, {{"count", shown}})});
    return out;
  });
}

Result<> Outbox::Attempt(MessageRow const& row) {
  auto const& fields = context_.fields;
  BOLE_ASSIGN(auto const to, fields.Decrypt(row.recipient, kRecipient));
  BOLE_ASSIGN(auto const text, fields.Decrypt(row.text_body, kText));
  if (row.channel == Channel::sms) return sms_.Send({to, text, row.template_key, {}, row.id});
  BOLE_ASSIGN(auto const name, fields.Decrypt(row.recipient_name, kName));
  BOLE_ASSIGN(auto const html, fields.Decrypt(row.html_body, kHtml));
  return mail_.Send({to, name, row.subject, text, html, row.id});
}

Result<> Outbox::Deliver(jobs::JobContext& job) {
  std::string const id(job.payload().at("message_id").as_string());
  auto row = context_.database.Read([&](db::Tx& tx) { return Find(tx, id); });
  if (!row || row->state != MessageState::queued) return {};
  auto const sent = Attempt(*row);  // outside any transaction: a server may take its time
  ++row->attempts;
  row->error = sent ? "" : sent.error().key;
  if (sent) {
    row->state = MessageState::sent;
    row->sent_at = context_.clock.Now();
  } else if (sent.error().code == ErrorCode::kUnsupported) {
    row->state = MessageState::not_configured;
  } else if (!IsTemporary(sent.error()) || job.attempt() >= kMaxAttempts) {
    row->state = MessageState::failed;
  }
  context_.database.Write([&](db::Tx& tx) { SaveState(tx, *row); });
  if (row->state == MessageState::queued) return Fail(ErrorCode::kUnavailable, "notify.try_again");
  return {};
}

}  // namespace bole::notify
