#include "modules/plans/dimensions.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "modules/plans/api.hpp"
#include "modules/plans/model.hpp"
#include "platform/config/config.hpp"

namespace bole::plans {
namespace {

DimensionView ViewOf(store::OwnDimension const& own, bool may_change) {
  return {own.key,    own.name_zh,  own.name_en, own.description_zh, own.description_en,
          own.org_id, own.org_name, own.status,  own.version,        may_change};
}

bool Serves(store::OwnDimension const& own, std::string const& node_path) {
  return node_path.starts_with(own.org_path);
}

bool IsKey(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

std::string At(std::size_t index) { return "/document/dimensions/" + std::to_string(index) + "/key"; }

}  // namespace

Dimensions::Dimensions(AppContext& context, audit::Api& audit, org::Api& org)
    : context_(context), audit_(audit), org_(org) {
  auto read = ShippedDimensions(context.config.resource_dir);
  if (!read) throw std::runtime_error(read.error().key + " " + read.error().params.at("file"));
  shipped_ = *std::move(read);
}

bool Dimensions::IsShipped(std::string_view key) const {
  return std::any_of(shipped_.begin(), shipped_.end(), [&](auto const& d) { return d.key == key; });
}

std::vector<DimensionView> Dimensions::For(db::Tx& tx, std::string const& node_path) const {
  auto out = shipped_;
  for (auto const& own : store::OwnDimensions(tx, Scope::Everything()))
    if (Serves(own, node_path)) out.push_back(ViewOf(own, false));
  return out;
}

std::vector<DimensionView> Dimensions::Seen(db::Tx& tx, Scope const& scope) const {
  auto out = shipped_;
  for (auto const& own : store::OwnDimensions(tx, scope)) out.push_back(ViewOf(own, false));
  return out;
}

Result<Items<DimensionView>> Dimensions::List(Principal const& who, std::string const& org_id) {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<DimensionView>> {
    Scope const scope(who, "plan.read");
    std::string below;
    if (!org_id.empty()) {
      BOLE_ASSIGN(auto const node, org_.Node(tx, scope, org_id));
      below = node.path;
    }
    Items<DimensionView> out{shipped_};
    for (auto const& own : store::OwnDimensions(tx, scope))
      if (below.empty() || Serves(own, below))
        out.items.push_back(ViewOf(own, who.Can("question.write", own.org_path)));
    return out;
  });
}

void Dimensions::CheckNames(db::Tx& tx, store::OwnDimension const& dimension, FieldErrors& errors) const {
  CheckPair(dimension.name_zh, dimension.name_en, "/name_zh", errors);
  auto others = shipped_;
  for (auto const& own : store::OwnDimensions(tx, Scope::Everything()))
    if (own.key != dimension.key && own.status == ContentStatus::active &&
        (Serves(own, dimension.org_path) || own.org_path.starts_with(dimension.org_path)))
      others.push_back(ViewOf(own, false));
  auto const taken = [&](std::string const& name) {
    auto const folded = AsciiLower(Trim(name));
    return !folded.empty() && std::any_of(others.begin(), others.end(), [&](auto const& other) {
      return folded == AsciiLower(Trim(other.name_zh)) || folded == AsciiLower(Trim(other.name_en)) ||
             folded == other.key;
    });
  };
  if (taken(dimension.name_zh)) errors.push_back({"/name_zh", "taken"});
  if (taken(dimension.name_en)) errors.push_back({"/name_en", "taken"});
}

Result<DimensionView> Dimensions::Create(Principal const& who, CreateDimension const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<DimensionView> {
    FieldErrors errors;
    auto const node = org_.OpenNode(tx, Scope(who, "question.write"), input.org_id);
    if (!node) errors.push_back(org::UnitError("/org_id", node.error()));
    auto const now = context_.clock.Now();
    auto const key = input.key.empty() ? "d-" + AsciiLower(NewUlid(now)) : input.key;
    if (!IsKey(key))
      errors.push_back({"/key", "bad_dimension_key"});
    else if (IsShipped(key) || store::Dimension(tx, key))
      errors.push_back({"/key", "taken"});
    if (node)
      CheckNames(tx, {.key = key, .name_zh = input.name_zh, .name_en = input.name_en, .org_path = node->path}, errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {"dimension.create", "dimension", key, node->id, {}});
    store::Insert(tx, {key, node->id, input.name_zh, input.name_en, input.description_zh, input.description_en,
                       ContentStatus::active, 1, now, now});
    audit_.Succeeded(tx, record);
    return ViewOf(*store::Dimension(tx, key), true);
  });
}

Result<DimensionView> Dimensions::Patch(Principal const& who, std::string const& key, PatchDimension const& input) {
  return context_.database.Write([&](db::Tx& tx) -> Result<DimensionView> {
    if (IsShipped(key)) return Fail(ErrorCode::kConflict, "dimension.shipped");
    auto own = store::Dimension(tx, key);
    if (!own || !who.Can("question.write", own->org_path)) return NotFound("dimension");
    if (own->version != input.version) return Fail(ErrorCode::kConflict, "conflict.stale");
    auto const assign = [](std::string& target, std::optional<std::string> const& value) {
      if (value) target = *value;
    };
    assign(own->name_zh, input.name_zh), assign(own->name_en, input.name_en);
    assign(own->description_zh, input.description_zh), assign(own->description_en, input.description_en);
    own->status = input.status.value_or(own->status);
    FieldErrors errors;
    if (own->status == ContentStatus::active)
      CheckNames(tx, *own, errors);
    else
      CheckPair(own->name_zh, own->name_en, "/name_zh", errors);
    if (!errors.empty()) return FailFields(std::move(errors));
    auto const record = audit_.Begin(tx, who, {"dimension.update", "dimension", key, own->org_id, {}});
    if (!store::Update(tx, *own, context_.clock.Now())) return Fail(ErrorCode::kConflict, "conflict.stale");
    audit_.Succeeded(tx, record);
    return ViewOf(*store::Dimension(tx, key), true);
  });
}

void Dimensions::CheckChosen(db::Tx& tx, std::string const& key, std::string const& node_path,
                             std::string const& pointer, FieldErrors& errors) const {
  if (Trim(key).empty() || IsShipped(key)) return;  // nothing chosen is said by CheckQuestion
  auto const own = store::Dimension(tx, key);
  if (!own || !Serves(*own, node_path))
    errors.push_back({pointer, "unknown_dimension"});
  else if (own->status == ContentStatus::archived)
    errors.push_back({pointer, "archived_dimension"});
}

void Dimensions::CheckChosen(db::Tx& tx, PlanDocument const& document, PlanDocument const* before,
                             std::string const& node_path, FieldErrors& errors) const {
  for (std::size_t i = 0; i < document.dimensions.size(); ++i) {
    auto const& key = document.dimensions[i].key;
    bool const had = before && std::any_of(before->dimensions.begin(), before->dimensions.end(),
                                           [&](auto const& d) { return d.key == key; });
    // A plan may also weigh competencies of a job's model, which are no rows here.
    if (!had && store::Dimension(tx, key)) CheckChosen(tx, key, node_path, At(i), errors);
  }
}

void Dimensions::CheckReach(db::Tx& tx, PlanDocument const& document, std::string const& node_path,
                            FieldErrors& errors) const {
  for (std::size_t i = 0; i < document.dimensions.size(); ++i)
    if (auto const own = store::Dimension(tx, document.dimensions[i].key); own && !Serves(*own, node_path))
      errors.push_back({At(i), "unknown_dimension"});
}

}  // namespace bole::plans
