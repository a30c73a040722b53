#pragma once
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

namespace bole::people {

// Somebody who works on a candidate. An owner answers for it; whoever adds a candidate becomes its owner.
struct TeamMember {
  std::string user_id, user_name, name;
  bool owner = false;
  Instant since{};
};
BOOST_DESCRIBE_STRUCT(TeamMember, (), (user_id, user_name, name, owner, since))

struct PutTeamMember {
  bool owner = false;
};
BOOST_DESCRIBE_STRUCT(PutTeamMember, (), (owner))

// Accounts that may be put on candidates of a unit.
struct ColleagueQuery {
  std::string org_id;
  std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(ColleagueQuery, (), (org_id, q))

}  // namespace bole::people

namespace bole {
template <>
inline constexpr auto kRules<people::ColleagueQuery> =
    std::tuple{Field<&people::ColleagueQuery::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&people::ColleagueQuery::q>{{.doc = "part of a name", .max_length = 80}}};
}
