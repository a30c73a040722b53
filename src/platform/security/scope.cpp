#include "platform/security/principal.hpp"

namespace bole {
namespace {

// Where `path` and `limit` overlap; empty: nowhere.
std::string Overlap(std::string const& path, std::string const& limit) {
  if (path.starts_with(limit)) return path;
  return limit.starts_with(path) ? limit : std::string();
}

void Unique(std::vector<std::string>& paths) {
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

bool Has(std::vector<std::string> const& ids, std::string const& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

bool Reaches(Reach reach, std::string const& user_id, RecordTeam const& team) {
  if (reach == Reach::subtree) return true;
  if (reach == Reach::own) return Has(team.owners, user_id);
  return Has(team.members, user_id) || (reach == Reach::reports && Has(team.managers, user_id));
}

Scope::Scope(Principal const& who, std::string_view permission)
    : everything_(who.kind == PrincipalKind::system), user_id_(who.id), fields_(who.fields) {
  for (auto const& grant : who.grants) {
    if (grant.permission != permission) continue;
    if (grant.reach == Reach::subtree)
      paths_.push_back(grant.org_path);
    else
      parts_.push_back({grant.org_path, grant.reach});
  }
}

std::optional<Reach> Scope::ReachAt(std::string_view org_path) const {
  auto const covers = [&](std::string const& path) { return org_path.starts_with(path); };
  if (everything_ || std::any_of(paths_.begin(), paths_.end(), covers)) return Reach::subtree;
  std::optional<Reach> out;
  for (auto const& part : parts_)
    if (covers(part.path)) out = std::max(out.value_or(Reach::own), part.reach);
  return out;
}

bool Scope::Sees(std::string_view org_path, RecordTeam const& team) const {
  auto const reach = ReachAt(org_path);
  return reach && Reaches(*reach, user_id_, team);
}

Scope Scope::Units() const {
  Scope out = *this;
  out.parts_.clear();
  for (auto const& part : parts_) out.paths_.push_back(part.path);
  return out;
}

Scope Scope::AtMost(Reach reach, std::string user_id) const {
  Scope out = *this;
  out.everything_ = false, out.paths_.clear();
  out.user_id_ = std::move(user_id);
  for (auto& part : out.parts_) part.reach = std::min(part.reach, reach);
  for (auto const& path : paths_) out.parts_.push_back({path, reach});
  if (everything_) out.parts_.push_back({"/", reach});
  return out;
}

FieldLevel Scope::Level(FieldClass field, std::string_view org_path) const {
  if (everything_) return FieldLevel::reveal;
  auto level = FieldLevel::hidden;
  for (auto const& grant : fields_)
    if (grant.field == field && org_path.starts_with(grant.org_path)) level = std::max(level, grant.level);
  return level;
}

Scope Scope::Where(FieldClass field, FieldLevel level) const {
  if (everything_) return *this;
  Scope out = *this;
  out.paths_.clear(), out.parts_.clear();
  for (auto const& grant : fields_) {
    if (grant.field != field || grant.level < level) continue;
    for (auto const& path : paths_)
      if (auto shared = Overlap(path, grant.org_path); !shared.empty()) out.paths_.push_back(std::move(shared));
    for (auto const& part : parts_)
      if (auto shared = Overlap(part.path, grant.org_path); !shared.empty())
        out.parts_.push_back({std::move(shared), part.reach});
  }
  Unique(out.paths_);
  return out;
}

}  // namespace bole
