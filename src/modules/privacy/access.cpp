#include "modules/privacy/access.hpp"

#include <map>

#include "platform/i18n/messages.hpp"

namespace bole::privacy {
namespace {

constexpr int kMost = 200;

struct Both {
  std::string zh, en;
};

Both Say(i18n::Messages const& messages, std::string const& key) {
  return {messages.Text(i18n::Locale::kZhCn, key), messages.Text(i18n::Locale::kEnUs, key)};
}

Both WhoDid(Subjects& subjects, db::Tx& tx, audit::Act const& act) {
  auto const& messages = subjects.context.messages;
  if (act.actor_kind == PrincipalKind::candidate || act.actor_kind == PrincipalKind::person)
    return Say(messages, "access.who.candidate");
  if (act.actor_kind != PrincipalKind::user) return Say(messages, "access.who.system");
  auto const roles = subjects.modules.identity.RolesOf(tx, act.actor_id);
  if (roles.empty()) return Say(messages, "access.who.staff");
  return {roles.front().name_zh, roles.front().name_en};
}

}  // namespace

std::vector<AccessEntry> AccessTo(Subjects& subjects, db::Tx& tx, DataSubject const& subject) {
  std::vector<audit::Subject> asked{{"person", subject.person_id}};
  for (auto const& record : subjects.RecordsOf(tx, subject.person_id)) asked.push_back({record.kind, record.id});
  for (auto const& id : subject.interview_ids) asked.push_back({"interview", id});
  auto const& messages = subjects.context.messages;
  std::map<std::string, Both> known;  // one person looks many times
  std::vector<AccessEntry> out;
  for (auto const& act : audit::ActsOn(tx, asked, kMost)) {
    auto who = known.find(act.actor_id);
    if (who == known.end() || act.actor_kind != PrincipalKind::user)
      who = known.insert_or_assign(act.actor_id, WhoDid(subjects, tx, act)).first;
    auto const key = "access.did." + act.action;
    auto const what = messages.Has(i18n::Locale::kZhCn, key) ? Say(messages, key) : Say(messages, "access.did.other");
    out.push_back({act.at, who->second.zh, who->second.en, what.zh, what.en, act.action});
  }
  return out;
}

}  // namespace bole::privacy
