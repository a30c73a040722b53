#pragma once
#include <optional>
#include <string>

#include "platform/reflect/reflect.hpp"

// Shapes of scoring dimensions.
namespace bole::plans {

enum class ContentStatus { active, archived };
BOOST_DESCRIBE_ENUM(ContentStatus, active, archived)

struct DimensionView {
  std::string key, name_zh, name_en, description_zh, description_en;
  // Of own dimensions only: where they belong. Absent: shipped, never changed.
  std::optional<std::string> org_id{}, org_name{};
  ContentStatus status = ContentStatus::active;
  std::int64_t version = 1;
  bool may_change = false;  // by the reader
};
BOOST_DESCRIBE_STRUCT(DimensionView, (),
                      (key, name_zh, name_en, description_zh, description_en, org_id, org_name, status, version,
                       may_change))

struct CreateDimension {
  std::string org_id;
  std::string key{};  // empty: made by the server
  std::string name_zh, name_en, description_zh, description_en;
};
BOOST_DESCRIBE_STRUCT(CreateDimension, (), (org_id, key, name_zh, name_en, description_zh, description_en))

struct PatchDimension {
  std::int64_t version = 0;
  std::optional<std::string> name_zh, name_en, description_zh, description_en;
  std::optional<ContentStatus> status;
};
BOOST_DESCRIBE_STRUCT(PatchDimension, (), (version, name_zh, name_en, description_zh, description_en, status))

}  // namespace bole::plans

namespace bole {
template <>
inline constexpr auto kRules<plans::CreateDimension> =
    std::tuple{Field<&plans::CreateDimension::org_id>{{.min_length = 1, .max_length = 26}},
               Field<&plans::CreateDimension::key>{{.max_length = 40}},
               Field<&plans::CreateDimension::name_zh>{{.max_length = 60}},
               Field<&plans::CreateDimension::name_en>{{.max_length = 60}},
               Field<&plans::CreateDimension::description_zh>{{.max_length = 500}},
               Field<&plans::CreateDimension::description_en>{{.max_length = 500}}};
template <>
inline constexpr auto kRules<plans::PatchDimension> =
    std::tuple{Field<&plans::PatchDimension::version>{{.required = true}},
               Field<&plans::PatchDimension::name_zh>{{.max_length = 60}},
               Field<&plans::PatchDimension::name_en>{{.max_length = 60}},
               Field<&plans::PatchDimension::description_zh>{{.max_length = 500}},
               Field<&plans::PatchDimension::description_en>{{.max_length = 500}}};
}  // namespace bole
