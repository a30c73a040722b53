#pragma once
#include "modules/identity/session_store.hpp"
#include "modules/identity/shared.hpp"

namespace bole::identity {

// The browser a request came from, as its owner recognises it.
struct Device {
  std::string user_agent, address;
};

struct DeviceView {
  std::string id, user_agent, address;
  Instant created_at{}, last_seen_at{}, expires_at{};
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (id, user_agent, address, created_at, last_seen_at, expires_at, current))

struct SessionUser {
  std::string id, user_name, name, locale, zone, org_id, org_name;
};
BOOST_DESCRIBE_STRUCT(SessionUser, (), (id, user_name, name, locale, zone, org_id, org_name))

struct SessionRole {
  std::string key, name_zh, name_en, org_id, org_name;
};
BOOST_DESCRIBE_STRUCT(SessionRole, (), (key, name_zh, name_en, org_id, org_name))

struct SessionView {
  SessionUser user;
  std::vector<std::string> permissions;
  std::vector<SessionRole> roles;
  FieldRights fields;                 // the highest level somewhere
  std::optional<std::string> viewer;  // name of the person who looks as `user`
  std::string csrf_header = "X-Bole-Client";
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (user, permissions, roles, fields, viewer, csrf_header))

struct PatchSession {
  std::optional<std::string> locale;
};
BOOST_DESCRIBE_STRUCT(PatchSession, (), (locale))

struct ViewAs {
  std::string user_id, reason;
};
BOOST_DESCRIBE_STRUCT(ViewAs, (), (user_id, reason))

// Open sessions: recognising them, listing and ending them, looking as somebody else. Thread-safe.
class Sessions {
 public:
  explicit Sessions(Shared& shared) : shared_(shared) {}

  // A new session with a new secret; the caller has made sure who the person is. `replaced` is the secret of the
  // session that the browser had before: it ends.
  struct Opened {
    SessionView view;
    std::string token;  // for the cookie; never stored
    int ended = 0;      // other sessions of the person, for the limit
  };
  Result<Opened> Open(db::Tx& tx, store::UserRow user, Device const& device, std::string const& replaced);
  // The principal behind a session token, or null.
  std::shared_ptr<Principal const> Recognise(std::string const& token);
  Result<SessionView> View(Principal const& who);
  Result<SessionView> SetLocale(Principal const& who, PatchSession const& input);
  Result<> End(Principal const& who);

  Result<Items<DeviceView>> Mine(Principal const& who);
  Result<> EndMine(Principal const& who, std::string const& id);
  Result<> EndMyOthers(Principal const& who);
  // Of an account that the administrator manages.
  Result<Items<DeviceView>> Of(Principal const& who, std::string const& user_id);
  Result<> EndOf(Principal const& who, std::string const& user_id, std::string const& id);  // "all": every one

  // From now on the session has the other's rights, read-only and with sensitive fields masked at most. Refused for
  // accounts with separated duties (administrator, security officer, auditor) and for rights beyond one's own subtree.
  Result<SessionView> BeginViewAs(Principal const& who, ViewAs const& input);
  Result<SessionView> EndViewAs(Principal const& who);

 private:
  [[nodiscard]] Result<> MayViewAs(db::Tx& tx, Principal const& who, std::string const& user_id);
  [[nodiscard]] Items<DeviceView> List(db::Tx& tx, std::string const& user_id, std::string const& current);
  [[nodiscard]] Result<SessionView> ViewOf(db::Tx& tx, Principal const& who);
  Shared& shared_;
};

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::ViewAs> =
    std::tuple{Field<&identity::ViewAs::user_id>{{.min_length = 1, .max_length = 26}},
               Field<&identity::ViewAs::reason>{{.min_length = 5, .max_length = 300}}};
}
