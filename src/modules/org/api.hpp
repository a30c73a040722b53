#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "modules/audit/api.hpp"
#include "platform/reflect/reflect.hpp"

// T1: the organisation tree and the job library. Every other row of the product hangs on an org node.
namespace bole::org {

enum class OrgKind { group, region, branch, department, outlet };
BOOST_DESCRIBE_ENUM(OrgKind, group, region, branch, department, outlet)

struct OrgNodeView {
  std::string id;
  std::optional<std::string> parent_id;
  std::string code, name, name_en;
  OrgKind kind = OrgKind::branch;
  std::string city, zone, locale;
  std::string path;  // "/<root id>/…/<id>/"
  std::int64_t depth = 0;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(OrgNodeView, (),
                      (id, parent_id, code, name, name_en, kind, city, zone, locale, path, depth, version))

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
};
BOOST_DESCRIBE_STRUCT(PatchOrgNode, (), (version, code, name, name_en, kind, city, zone, locale))

struct CompetencyWeight {
  std::string key, name_zh, name_en;
  double weight = 0;
};
BOOST_DESCRIBE_STRUCT(CompetencyWeight, (), (key, name_zh, name_en, weight))

enum class JobStatus { active, archived };
BOOST_DESCRIBE_ENUM(JobStatus, active, archived)

enum class JobFamily {
  teller,
  account_manager,
  risk,
  sales,
  engineering,
  customer_service,
  store,
  manager,
  hr,
  finance,
  operations,
  general
};
BOOST_DESCRIBE_ENUM(JobFamily, teller, account_manager, risk, sales, engineering, customer_service, store, manager, hr,
                    finance, operations, general)

struct JobView {
  std::string id, org_id, org_name, code, name, name_en;
  JobFamily family = JobFamily::general;
  std::string grade, duties, requirements;
  std::vector<CompetencyWeight> competencies;
  JobStatus status = JobStatus::active;
  std::int64_t version = 1;
  Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(JobView, (),
                      (id, org_id, org_name, code, name, name_en, family, grade, duties, requirements, competencies,
                       status, version, created_at))

struct CreateJob {
  std::string org_id, code, name, name_en;
  JobFamily family = JobFamily::general;
  std::string grade, duties, requirements;
  std::vector<CompetencyWeight> competencies;
};
BOOST_DESCRIBE_STRUCT(CreateJob, (), (org_id, code, name, name_en, family, grade, duties, requirements, competencies))

struct PatchJob {
  std::int64_t version = 0;
  std::optional<std::string> code, name, name_en;
  std::optional<JobFamily> family;
  std::optional<std::string> grade, duties, requirements;
  std::optional<std::vector<CompetencyWeight>> competencies;
  std::optional<JobStatus> status;
};
BOOST_DESCRIBE_STRUCT(PatchJob, (),
                      (version, code, name, name_en, family, grade, duties, requirements, competencies, status))

// For other modules. Functions take the caller's transaction; they do not check permissions: the caller has its Scope.
class Api {
 public:
  virtual ~Api() = default;
  // kNotFound when missing or outside the scope.
  virtual Result<OrgNodeView> Node(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual std::optional<OrgNodeView> Root(db::Tx& tx) = 0;
  virtual Result<JobView> Job(db::Tx& tx, Scope const& scope, std::string const& id) = 0;
  virtual Result<OrgNodeView> CreateNode(Principal const& who, CreateOrgNode const& input) = 0;
  virtual Result<JobView> CreateJob(Principal const& who, org::CreateJob const& input) = 0;
};

[[nodiscard]] std::unique_ptr<Api> Register(AppContext& context, audit::Api& audit);

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
               Field<&org::PatchOrgNode::locale>{{.max_length = 10}}};
template <>
inline constexpr auto kRules<org::CompetencyWeight> =
    std::tuple{Field<&org::CompetencyWeight::key>{{.min_length = 1, .max_length = 60}},
               Field<&org::CompetencyWeight::weight>{{.min = 0, .max = 100}}};
template <>
inline constexpr auto kRules<org::CreateJob> =
    std::tuple{Field<&org::CreateJob::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&org::CreateJob::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::CreateJob::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::CreateJob::name_en>{{.max_length = 120}},
               Field<&org::CreateJob::grade>{{.max_length = 40}},
               Field<&org::CreateJob::competencies>{{.max_length = 30}}};
template <>
inline constexpr auto kRules<org::PatchJob> =
    std::tuple{Field<&org::PatchJob::version>{{.required = true}},
               Field<&org::PatchJob::code>{{.min_length = 1, .max_length = 40}},
               Field<&org::PatchJob::name>{{.min_length = 1, .max_length = 120}},
               Field<&org::PatchJob::competencies>{{.max_length = 30}}};
}  // namespace bole
