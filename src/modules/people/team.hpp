#pragma once
#include "modules/people/team_views.hpp"
#include "platform/db/database.hpp"
#include "platform/db/scope_filter.hpp"

// SQL about who works on a candidate.
namespace bole::people::store {

struct MemberRow {
  std::string user_id, candidate_id;
  bool owner = false;
  Instant since{};
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (user_id, candidate_id, owner, since))

std::vector<MemberRow> Members(db::Tx& tx, std::string const& candidate_id);  // owners first, then by time
// True when it changed something: a new member, or an owner that was none or the reverse.
bool PutMember(db::Tx& tx, MemberRow const& row);
bool IsMember(db::Tx& tx, std::string const& user_id);  // of any team
bool RemoveMember(db::Tx& tx, std::string const& candidate_id, std::string const& user_id);

}  // namespace bole::people::store
