#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace bole {

enum class PrincipalKind { anonymous, user, candidate, system };
BOOST_DESCRIBE_ENUM(PrincipalKind, anonymous, user, candidate, system)

// Sensitive fields come in classes; a role gives each class one level, in rising order. reveal = may ask for the full
// value, which is audited; a list never shows more than the mask.
enum class FieldClass { contact, id_number, pay };
BOOST_DESCRIBE_ENUM(FieldClass, contact, id_number, pay)
enum class FieldLevel { hidden, masked, reveal };
BOOST_DESCRIBE_ENUM(FieldLevel, hidden, masked, reveal)

// A permission in a subtree of the organisation: `org_path` is the materialised path of the granted node ("/01A…/").
struct PermissionGrant {
  std::string permission;
  std::string org_path;
};
struct FieldGrant {
  FieldClass field = FieldClass::contact;
  FieldLevel level = FieldLevel::hidden;
  std::string org_path;
};

// Who asks. Immutable for one request; made by an http::Authenticator or System().
struct Principal {
  PrincipalKind kind = PrincipalKind::anonymous;
  std::string id;          // user id, or interview id for a candidate
  std::string session_id;  // what DELETE /session ends
  std::string name;
  std::vector<PermissionGrant> grants;
  std::vector<FieldGrant> fields{};
  bool read_only = false;                // looks at the product as somebody else: changes are refused
  bool by_token = false;                 // an API token, not a browser
  std::string actor_id{}, actor_name{};  // who really looks while `id` and `name` are those of the person looked as

  // A background job or the command line: may do everything, recorded as such.
  static Principal System(std::string name) { return {PrincipalKind::system, "", "", std::move(name), {}}; }

  [[nodiscard]] bool Can(std::string_view permission) const {
    return kind == PrincipalKind::system ||
           std::any_of(grants.begin(), grants.end(), [&](auto const& g) { return g.permission == permission; });
  }
  [[nodiscard]] bool Can(std::string_view permission, std::string_view org_path) const {
    return kind == PrincipalKind::system || std::any_of(grants.begin(), grants.end(), [&](auto const& g) {
             return g.permission == permission && org_path.starts_with(g.org_path);
           });
  }
};

// What a store may show: the subtrees in which `who` holds one permission, and how much of sensitive fields there.
// There is no store function without it. No grant = nothing visible.
class Scope {
 public:
  Scope(Principal const& who, std::string_view permission)
      : everything_(who.kind == PrincipalKind::system), fields_(who.fields) {
    for (auto const& grant : who.grants)
      if (grant.permission == permission) paths_.push_back(grant.org_path);
  }
  static Scope Everything() { return Scope(); }  // for jobs that act for nobody

  [[nodiscard]] bool everything() const { return everything_; }
  [[nodiscard]] std::vector<std::string> const& paths() const { return paths_; }
  [[nodiscard]] bool Covers(std::string_view org_path) const {
    return everything_ ||
           std::any_of(paths_.begin(), paths_.end(), [&](auto const& path) { return org_path.starts_with(path); });
  }
  // The highest level of the grants that cover `org_path`.
  [[nodiscard]] FieldLevel Level(FieldClass field, std::string_view org_path) const;
  // The part of this scope in which the field has at least `level`: to search by a field one may not see would tell it.
  [[nodiscard]] Scope Where(FieldClass field, FieldLevel level) const;

 private:
  Scope() : everything_(true) {}
  bool everything_;
  std::vector<std::string> paths_;
  std::vector<FieldGrant> fields_;
};

inline FieldLevel Scope::Level(FieldClass field, std::string_view org_path) const {
  if (everything_) return FieldLevel::reveal;
  auto level = FieldLevel::hidden;
  for (auto const& grant : fields_)
    if (grant.field == field && org_path.starts_with(grant.org_path)) level = std::max(level, grant.level);
  return level;
}

inline Scope Scope::Where(FieldClass field, FieldLevel level) const {
  if (everything_) return *this;
  Scope out = *this;
  out.paths_.clear();
  for (auto const& path : paths_)
    for (auto const& grant : fields_) {
      if (grant.field != field || grant.level < level) continue;
      if (path.starts_with(grant.org_path))
        out.paths_.push_back(path);
      else if (grant.org_path.starts_with(path))
        out.paths_.push_back(grant.org_path);
    }
  std::sort(out.paths_.begin(), out.paths_.end());
  out.paths_.erase(std::unique(out.paths_.begin(), out.paths_.end()), out.paths_.end());
  return out;
}

}  // namespace bole
