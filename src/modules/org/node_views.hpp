#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/reflect/reflect.hpp"

// Units of the organisation and what may change about them.
namespace bole::org {

enum class OrgKind { group, region, branch, department, outlet };
BOOST_DESCRIBE_ENUM(OrgKind, group, region, branch, department, outlet)

// A closed unit stays readable and takes no children and no new rows.
enum class NodeState { open, closed };
BOOST_DESCRIBE_ENUM(NodeState, open, closed)

struct OrgNodeView {
  std::string id;
  std::optional<std::string> parent_id;
  std::string code, name, name_en;
  OrgKind kind = OrgKind::branch;
  std::string city, zone, locale;
  std::string path;  // "/<root id>/…/<id>/"
  std::int64_t depth = 0;
  std::int64_t version = 1;
  NodeState state = NodeState::open;
  std::optional<std::string> calendar_id{};  // absent: the parent's
};
BOOST_DESCRIBE_STRUCT(OrgNodeView, (),
                      (id, parent_id, code, name, name_en, kind, city, zone, locale, path, depth, version, state,
                       calendar_id))

// Adds a unit from today on; ChangeKind::create does the same for a later day.
struct CreateOrgNode {
  std::optional<std::string> parent_id;  // absent only for the first node, the group
  std::string code, name, name_en;
  OrgKind kind = OrgKind::branch;
  std::string city, zone, locale;
};
BOOST_DESCRIBE_STRUCT(CreateOrgNode, (), (parent_id, code, name, name_en, kind, city, zone, locale))

struct PatchOrgNode {
  std::int64_t version = 0;
  std::optional<std::string> code, name, name_en;
  std::optional<OrgKind> kind;
  std::optional<std::string> city, zone, locale;
  std::optional<std::string> calendar_id{};  // "": the parent's
};
BOOST_DESCRIBE_STRUCT(PatchOrgNode, (), (version, code, name, name_en, kind, city, zone, locale, calendar_id))

// What a unit is from valid_from until the day before valid_to.
struct NodeVersion {
  std::string node_id;
  Date valid_from{};
  std::optional<Date> valid_to;
  std::optional<std::string> parent_id;
  std::string code, name, name_en;
  OrgKind kind = OrgKind::branch;
  std::string city, zone, locale;
  std::optional<std::string> calendar_id;
  NodeState state = NodeState::open;
  std::string change_id;  // the act that made it so; empty before acts were recorded
};
BOOST_DESCRIBE_STRUCT(NodeVersion, (),
                      (node_id, valid_from, valid_to, parent_id, code, name, name_en, kind, city, zone, locale,
                       calendar_id, state, change_id))

}  // namespace bole::org

namespace bole {
template <>
inline constexpr auto kRules<org::CreateOrgNode> =
    std::tuple{Field<&org::CreateOrgNode::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::CreateOrgNode::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::CreateOrgNode::name_en>{{.max_length = 120}},
               Field<&org::CreateOrgNode::kind>{{.required = true}},
               Field<&org::CreateOrgNode::city>{{.max_length = 80}},
               Field<&org::CreateOrgNode::zone>{{.doc = "IANA time zone", .min_length = 1, .max_length = 60}},
               Field<&org::CreateOrgNode::locale>{{.doc = "zh-CN or en-US", .min_length = 1, .max_length = 10}}};
template <>
inline constexpr auto kRules<org::PatchOrgNode> =
    std::tuple{Field<&org::PatchOrgNode::version>{{.required = true}},
               Field<&org::PatchOrgNode::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::PatchOrgNode::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::PatchOrgNode::name_en>{{.max_length = 120}},
               Field<&org::PatchOrgNode::city>{{.max_length = 80}},
               Field<&org::PatchOrgNode::zone>{{.max_length = 60}},
               Field<&org::PatchOrgNode::locale>{{.max_length = 10}},
               Field<&org::PatchOrgNode::calendar_id>{{.max_length = 26}}};
}  // namespace bole
