#pragma once
#include "modules/org/job_views.hpp"

// A competency model in one cell of a table, one line each:
//   service | 服务意识 | Service | 40 | 4       key, names, weight, required level
//   service#4 | 主动关心客户 | Cares unasked     an anchor of its own for level 4
// \| and \n stand for a bar and a new line inside a text.
namespace bole::org {

[[nodiscard]] std::string ModelText(std::vector<CompetencyWeight> const& model);
// Nullopt: not such a text. Whether weights sum up is for CheckCompetencies.
[[nodiscard]] std::optional<std::vector<CompetencyWeight>> ReadModelText(std::string const& text);

}  // namespace bole::org
