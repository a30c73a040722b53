#include "modules/identity/grant_text.hpp"
#include "modules/identity/import_target.hpp"
#include "modules/identity/service.hpp"
#include "modules/org/export_table.hpp"
#include "modules/org/import_targets.hpp"
#include "platform/i18n/messages.hpp"

// Accounts as the table that the import reads.
namespace bole::identity {

struct UserExportQuery {
  std::optional<documents::TableFormat> format;
  std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(UserExportQuery, (), (format, q))

}  // namespace bole::identity

namespace bole {
template <>
inline constexpr auto kRules<identity::UserExportQuery> =
    std::tuple{Field<&identity::UserExportQuery::q>{{.max_length = 100}}};
}

namespace bole::identity {
namespace {

using http::Request;
using http::Response;

// Who is reported to stands above, so that a table can be imported where nobody is there yet.
std::vector<UserView> ManagersFirst(std::vector<UserView> users) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < users.size(); ++i) places[users[i].id] = i;
  std::vector<bool> taken(users.size());
  std::vector<UserView> out;
  for (std::size_t i = 0; i < users.size(); ++i) {
    std::vector<std::size_t> chain;
    for (auto at = i; !taken[at];) {
      taken[at] = true;
      chain.push_back(at);
      auto const above = places.find(users[at].manager_id.value_or(""));
      if (above != places.end()) at = above->second;
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) out.push_back(std::move(users[*at]));
  }
  return out;
}

Result<Response> Export(AppContext& context, Service& service, Request const& r, UserExportQuery const& q) {
  BOLE_ASSIGN(auto const purpose, audit::PurposeOf(r));
  BOLE_TRY(audit::RequirePurpose(purpose));
  bool const chinese = r.locale == i18n::Locale::kZhCn;
  auto const format = q.format.value_or(documents::TableFormat::xlsx);
  auto const title = context.messages.Text(r.locale, "user.file.export");
  documents::TableWriter book(format, title, context.clock.Now());
  book.AddSheet(org::SheetOf(AccountColumns(context), title, chinese));
  auto const rows = context.database.Read([&](db::Tx& tx) {
    std::vector<UserView> users;
    std::string cursor;
    for (bool more = true; more;) {
      auto page = store::Users(tx, Scope(r.who(), "user.read"), q.q.value_or(""), 200, cursor, context.clock.Now());
      std::move(page.items.begin(), page.items.end(), std::back_inserter(users));
      more = page.next_cursor.has_value();
      cursor = page.next_cursor.value_or("");
    }
    RoleWords const roles(tx);
    std::map<std::string, std::string> codes, names;
    auto const code_of = [&](std::string const& org_id) {
      auto const [at, fresh] = codes.try_emplace(org_id);
      if (fresh)
        if (auto const node = service.shared.org.Node(tx, Scope::Everything(), org_id)) at->second = node->code;
      return at->second;
    };
    auto const name_of = [&](std::string const& user_id) {
      auto const [at, fresh] = names.try_emplace(user_id);
      if (fresh)
        if (auto const user = store::UserById(tx, user_id)) at->second = user->user_name;
      return at->second;
    };
    users = ManagersFirst(std::move(users));
    for (auto const& user : users) {
      std::string grants;
      for (auto const& grant : user.grants)
        if (grant.state != GrantState::expired)
          grants +=
              (grants.empty() ? "" : "\n") + WriteGrantLine({roles.WordOf(grant.role, chinese), code_of(grant.org_id),
                                                             grant.valid_from, grant.valid_until});
      book.AddRow({user.user_name, user.name, code_of(user.org_id), user.email,
                   imports::WordOf(org::LocaleWords(), user.locale, chinese),
                   user.manager_id ? name_of(*user.manager_id) : "",
                   imports::WordOf(ActiveWords(), user.active ? "yes" : "no", chinese), grants});
    }
    return users.size();
  });
  return org::SendTable(context, service.shared.audit, r, book, {format, title, "user", rows, purpose});
}

}  // namespace

void RegisterAccountExport(AppContext& context, Service& service) {
  context.routes.Raw<UserExportQuery>(
      http::Method::kGet, "/users/export",
      {.permission = "user.read",
       .tag = "users",
       .summary = "Accounts as xlsx or csv; needs the header X-Bole-Purpose (audited)"},
      {{}, documents::TableMediaTypes()},
      [&](Request const& r, UserExportQuery const& q) { return Export(context, service, r, q); });
}

}  // namespace bole::identity
