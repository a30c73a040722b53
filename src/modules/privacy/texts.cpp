#include "modules/privacy/texts.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace bole::privacy {
namespace {

interviews::ConsentAsked Asked(ConsentKind const& kind, ConsentText const& text) {
  return {kind.key, text.version, kind.required, text.text_zh, text.text_en};
}

// The path of the unit above.
std::string_view Above(org::OrgNodeView const& node) {
  return std::string_view(node.path).substr(0, node.path.size() - node.id.size() - 1);
}

FieldErrors Missing(PublishConsentText const& in) {
  FieldErrors out;
  for (auto const& [pointer, text] : {std::pair{"/text_zh", &in.text_zh},
                                      {"/text_en", &in.text_en},
                                      {"/purpose_zh", &in.purpose_zh},
                                      {"/purpose_en", &in.purpose_en},
                                      {"/effect_zh", &in.effect_zh},
                                      {"/effect_en", &in.effect_en}})
    if (Trim(*text).empty()) out.push_back({pointer, "required"});
  return out;
}

}  // namespace

ConsentText Texts::ViewOf(db::Tx& tx, store::TextRow const& row) {
  return {row.version,    row.since,     row.text_zh,          row.text_en, row.purpose_zh,
          row.purpose_en, row.effect_zh, row.effect_en,        row.org_id,  subjects_.OrgName(tx, row.org_id),
          row.locked,     row.inherits,  row.published_by_name};
}

Texts::Holding Texts::At(db::Tx& tx, ConsentKind const& kind, std::string_view org_path, Instant at) {
  std::map<std::size_t, store::TextRow> chain;  // what each unit says, from the top down
  for (auto const& row : store::Texts(tx, kind.key)) {
    auto const node = subjects_.modules.org.Node(tx, Scope::Everything(), row.org_id);
    if (node && row.since <= at && org_path.starts_with(node->path)) chain[node->path.size()] = row;
  }
  Holding out{kind.texts.back(), ""};
  for (auto const& [depth, row] : chain) {
    if (row.inherits) continue;
    out.text = ViewOf(tx, row);
    if (!row.locked) continue;
    out.locked_by_name = out.text.org_name;
    break;
  }
  return out;
}

ConsentText Texts::Today(db::Tx& tx, ConsentKind const& kind, std::string const& org_id) {
  auto const node = subjects_.modules.org.Node(tx, Scope::Everything(), org_id);
  return At(tx, kind, node ? node->path : std::string(), subjects_.context.clock.Now()).text;
}

std::vector<interviews::ConsentAsked> Texts::InForce(db::Tx& tx, std::string const& org_id) {
  std::vector<interviews::ConsentAsked> out;
  for (auto const& kind : catalogue_.kinds()) out.push_back(Asked(kind, Today(tx, kind, org_id)));
  return out;
}

std::string Texts::VersionInForce(db::Tx& tx, std::string const& consent, std::string const& org_id) {
  auto const* kind = catalogue_.Find(consent);
  return kind ? Today(tx, *kind, org_id).version : "";
}

std::optional<interviews::ConsentAsked> Texts::Version(db::Tx& tx, std::string const& consent,
                                                       std::string const& version) {
  auto const text = Find(tx, consent, version);
  if (!text) return std::nullopt;
  return Asked(*catalogue_.Find(consent), *text);
}

std::optional<ConsentText> Texts::Find(db::Tx& tx, std::string const& consent, std::string const& version) {
  auto const* kind = catalogue_.Find(consent);
  if (!kind) return std::nullopt;
  for (auto const& text : kind->texts)
    if (text.version == version) return text;
  for (auto const& row : store::Texts(tx, consent))
    if (row.version == version) return ViewOf(tx, row);
  return std::nullopt;
}

ConsentTextsView Texts::View(db::Tx& tx, Principal const& who, ConsentKind const& kind, org::OrgNodeView const& node) {
  auto const now = subjects_.context.clock.Now();
  auto const holding = At(tx, kind, node.path, now);
  auto const above = At(tx, kind, Above(node), now).locked_by_name;
  ConsentTextsView out{kind.key, kind.required, kind.basis, holding.text, above, {}, {}};
  out.may_publish = above.empty() && Scope(who, "privacy.manage").Covers(node.path);
  for (auto const& text : kind.texts) out.history.push_back(text);
  for (auto const& row : store::Texts(tx, kind.key)) {
    auto const unit = subjects_.modules.org.Node(tx, Scope::Everything(), row.org_id);
    if (unit && node.path.starts_with(unit->path)) out.history.push_back(ViewOf(tx, row));
  }
  std::reverse(out.history.begin(), out.history.end());
  return out;
}

Result<Items<ConsentTextsView>> Texts::List(Principal const& who, std::string const& org_id) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Items<ConsentTextsView>> {
    auto const node = subjects_.modules.org.Node(tx, Scope(who, "privacy.read"), org_id);
    if (!node) return FailField("/org_id", "not_found");
    Items<ConsentTextsView> out;
    for (auto const& kind : catalogue_.kinds()) out.items.push_back(View(tx, who, kind, *node));
    return out;
  });
}

Result<ConsentTextsView> Texts::Publish(Principal const& who, PublishConsentText const& input) {
  return subjects_.context.database.Write([&](db::Tx& tx) -> Result<ConsentTextsView> {
    auto const node = subjects_.modules.org.Node(tx, Scope(who, "privacy.manage"), input.org_id);
    if (!node) return FailField("/org_id", "not_found");
    auto const* kind = catalogue_.Find(input.consent);
    if (!kind) return FailField("/consent", "not_allowed");
    auto const now = subjects_.context.clock.Now();
    auto const since = input.since.value_or(now);
    if (since < now) return FailField("/since", "in_the_past");
    if (input.inherits && input.locked) return FailField("/locked", "not_allowed");
    if (auto missing = Missing(input); !input.inherits && !missing.empty()) return FailFields(std::move(missing));
    if (auto const unit = At(tx, *kind, Above(*node), since).locked_by_name; !unit.empty())
      return Fail(ErrorCode::kConflict, "privacy.text_locked", {{"unit", unit}});
    store::TextRow row;
    row.id = NewUlid(now), row.org_id = node->id, row.consent = kind->key, row.since = since;
    row.version = "u" + std::to_string(store::Texts(tx, kind->key).size() + 1);
    row.locked = input.locked, row.inherits = input.inherits;
    row.published_by_name = who.name, row.published_at = now;
    if (!input.inherits) {
      row.text_zh = Trim(input.text_zh), row.text_en = Trim(input.text_en);
      row.purpose_zh = Trim(input.purpose_zh), row.purpose_en = Trim(input.purpose_en);
      row.effect_zh = Trim(input.effect_zh), row.effect_en = Trim(input.effect_en);
    }
    auto const record = subjects_.modules.audit.Begin(tx, who,
                                                      {"consent.publish",
                                                       "org_node",
                                                       node->id,
                                                       node->id,
                                                       {{"consent", kind->key},
                                                        {"version", row.version},
                                                        {"since", FormatInstant(since)},
                                                        {"locked", row.locked},
                                                        {"inherits", row.inherits}}});
    tx.Insert("consent_text", row);
    subjects_.modules.audit.Succeeded(tx, record);
    return View(tx, who, *kind, *node);
  });
}

}  // namespace bole::privacy
