#pragma once
#include <algorithm>
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bole {

// candidate: behind an interview's link. person: came to his own data by a link to his address.
enum class PrincipalKind { anonymous, user, candidate, person, system };
BOOST_DESCRIBE_ENUM(PrincipalKind, anonymous, user, candidate, person, system)

// Sensitive fields come in classes; a role gives each class one level, in rising order. reveal = may ask for the full
// value, which is audited; a list never shows more than the mask.
enum class FieldClass { contact, id_number, pay };
BOOST_DESCRIBE_ENUM(FieldClass, contact, id_number, pay)
enum class FieldLevel { hidden, masked, reveal };
BOOST_DESCRIBE_ENUM(FieldLevel, hidden, masked, reveal)

// How far a permission about people reaches inside its subtree; each includes the ones before it. own: records one
// answers for; assigned: records one works on; reports: also those of everybody who reports to one; subtree: all.
enum class Reach { own, assigned, reports, subtree };
BOOST_DESCRIBE_ENUM(Reach, own, assigned, reports, subtree)

// A permission in a subtree of the organisation: `org_path` is the materialised path of the granted node ("/01A…/").
struct PermissionGrant {
  std::string permission;
  std::string org_path;
  Reach reach = Reach::subtree;
  friend bool operator==(PermissionGrant const&, PermissionGrant const&) = default;
};
struct FieldGrant {
  FieldClass field = FieldClass::contact;
  FieldLevel level = FieldLevel::hidden;
  std::string org_path;
};

// Who asks. Immutable for one request; made by an http::Authenticator or System().
struct Principal {
  PrincipalKind kind = PrincipalKind::anonymous;
  std::string id;          // user id, interview id of a candidate, or person id
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
  // For everything there, not only for records that are his.
  [[nodiscard]] bool Can(std::string_view permission, std::string_view org_path) const {
    return kind == PrincipalKind::system || std::any_of(grants.begin(), grants.end(), [&](auto const& g) {
             return g.permission == permission && g.reach == Reach::subtree && org_path.starts_with(g.org_path);
           });
  }
};

// The accounts around one record. owners answer for it, members work on it (owners are members too), managers are those
// to whom a member reports, over any number of steps.
struct RecordTeam {
  std::vector<std::string> owners, members, managers;
};
[[nodiscard]] bool Reaches(Reach reach, std::string const& user_id, RecordTeam const& team);

// What a store may show: the subtrees in which `who` holds one permission, and how much of sensitive fields there.
// There is no store function without it. No grant = nothing visible. Where the permission reaches less than the
// subtree, only stores that know whose their records are show anything: Covers and paths() leave those parts out.
class Scope {
 public:
  Scope(Principal const& who, std::string_view permission);
  static Scope Everything() { return Scope(); }  // for jobs that act for nobody

  [[nodiscard]] bool everything() const { return everything_; }
  // The subtrees that are visible as a whole.
  [[nodiscard]] std::vector<std::string> const& paths() const { return paths_; }
  [[nodiscard]] bool Covers(std::string_view org_path) const { return ReachAt(org_path) == Reach::subtree; }

  struct Part {
    std::string path;
    Reach reach = Reach::own;
  };
  // Subtrees of which only the records of `user_id` are visible, as far as `reach` says.
  [[nodiscard]] std::vector<Part> const& parts() const { return parts_; }
  [[nodiscard]] std::string const& user_id() const { return user_id_; }
  // The widest reach at a unit; nullopt: nothing of it is visible.
  [[nodiscard]] std::optional<Reach> ReachAt(std::string_view org_path) const;
  [[nodiscard]] bool Sees(std::string_view org_path, RecordTeam const& team) const;
  // The units in which the permission holds at all, as subtrees: to choose a unit, and to add a record, whose owner
  // one becomes.
  [[nodiscard]] Scope Units() const;
  // The part of this scope that reaches no further: "mine".
  [[nodiscard]] Scope AtMost(Reach reach, std::string user_id) const;

  // The highest level of the grants that cover `org_path`.
  [[nodiscard]] FieldLevel Level(FieldClass field, std::string_view org_path) const;
  // The part of this scope in which the field has at least `level`: to search by a field one may not see would tell it.
  [[nodiscard]] Scope Where(FieldClass field, FieldLevel level) const;

 private:
  Scope() : everything_(true) {}
  bool everything_;
  std::vector<std::string> paths_;
  std::vector<Part> parts_;
  std::string user_id_;
  std::vector<FieldGrant> fields_;
};

}  // namespace bole
