#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace bole {

enum class PrincipalKind { anonymous, user, candidate, system };
BOOST_DESCRIBE_ENUM(PrincipalKind, anonymous, user, candidate, system)

// A permission in a subtree of the organisation: `org_path` is the materialised path of the granted node ("/01A…/").
struct PermissionGrant {
  std::string permission;
  std::string org_path;
};

// Who asks. Immutable for one request; made by an http::Authenticator or System().
struct Principal {
  PrincipalKind kind = PrincipalKind::anonymous;
  std::string id;          // user id, or interview id for a candidate
  std::string session_id;  // what DELETE /session ends
  std::string name;
  std::vector<PermissionGrant> grants;

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

// What a store may show: the subtrees in which `who` holds one permission. There is no store function without it.
// No grant = nothing visible.
class Scope {
 public:
  Scope(Principal const& who, std::string_view permission) : everything_(who.kind == PrincipalKind::system) {
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

 private:
  Scope() : everything_(true) {}
  bool everything_;
  std::vector<std::string> paths_;
};

}  // namespace bole
