#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "modules/plans/plan_document.hpp"
#include "modules/plans/question_views.hpp"
#include "platform/app/context.hpp"

// Scoring dimensions: those Bole ships, and those a unit defines for itself and everything below it. What a question
// examines (its `competency`) and what a plan weighs are keys of this one list.
namespace bole::plans {

namespace store {

struct DimensionRow {
  std::string key, org_id, name_zh, name_en, description_zh, description_en;
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
  Instant created_at{}, updated_at{};
};
BOOST_DESCRIBE_STRUCT(DimensionRow, (),
                      (key, org_id, name_zh, name_en, description_zh, description_en, status, version, created_at,
                       updated_at))

struct OwnDimension {
  std::string key, name_zh, name_en, description_zh, description_en, org_id, org_name, org_path;
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
};
// Those of the scope's subtrees and of the nodes above them, archived ones too: what refers to them needs their names.
[[nodiscard]] std::vector<OwnDimension> OwnDimensions(db::Tx& tx, Scope const& scope);
[[nodiscard]] std::optional<OwnDimension> Dimension(db::Tx& tx, std::string const& key);
void Insert(db::Tx& tx, DimensionRow const& row);
bool Update(db::Tx& tx, OwnDimension const& dimension, Instant at);  // `version` is the one it had

}  // namespace store

// What share/content/dimensions.json holds; kInternal content.unreadable, content.bad_file with `file`.
[[nodiscard]] Result<std::vector<DimensionView>> ShippedDimensions(std::filesystem::path const& resource_dir);

// Thread-safe.
class Dimensions {
 public:
  // Throws std::runtime_error when the shipped file is missing or broken.
  Dimensions(AppContext& context, audit::Api& audit, org::Api& org);

  [[nodiscard]] std::vector<DimensionView> const& shipped() const { return shipped_; }
  // Without a unit: everything the caller may see. With one: what its questions and plans may use, archived ones too.
  Result<Items<DimensionView>> List(Principal const& who, std::string const& org_id);
  Result<DimensionView> Create(Principal const& who, CreateDimension const& input);
  Result<DimensionView> Patch(Principal const& who, std::string const& key, PatchDimension const& input);

  // Every one that is visible in the scope.
  [[nodiscard]] std::vector<DimensionView> Seen(db::Tx& tx, Scope const& scope) const;
  // What a unit's questions and plans may use, archived ones too.
  [[nodiscard]] std::vector<DimensionView> For(db::Tx& tx, std::string const& node_path) const;
  // A question of the unit may newly name the dimension; else unknown_dimension or archived_dimension at `pointer`.
  void CheckChosen(db::Tx& tx, std::string const& key, std::string const& node_path, std::string const& pointer,
                   FieldErrors& errors) const;
  // The same of a plan, but for what `before` has already.
  void CheckChosen(db::Tx& tx, PlanDocument const& document, PlanDocument const* before, std::string const& node_path,
                   FieldErrors& errors) const;
  // What keeps a plan from being published: dimensions of units that are not above it.
  void CheckReach(db::Tx& tx, PlanDocument const& document, std::string const& node_path, FieldErrors& errors) const;

 private:
  [[nodiscard]] bool IsShipped(std::string_view key) const;
  // Reports show names only: none may be borne twice where both dimensions can be used.
  void CheckNames(db::Tx& tx, store::OwnDimension const& dimension, FieldErrors& errors) const;

  AppContext& context_;
  audit::Api& audit_;
  org::Api& org_;
  std::vector<DimensionView> shipped_;
};

void RegisterDimensionRoutes(AppContext& context, Dimensions& dimensions);

}  // namespace bole::plans
