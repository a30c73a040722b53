#include "modules/org/content.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

namespace bole::org {
namespace {

struct CompetencyFile {
  std::vector<CompetencyView> competencies;
};
BOOST_DESCRIBE_STRUCT(CompetencyFile, (), (competencies))
struct ModelFile {
  std::vector<FamilyModel> models;
};
BOOST_DESCRIBE_STRUCT(ModelFile, (), (models))
struct CalendarFile {
  std::string comment;
  std::vector<ShippedCalendar> calendars;
};
BOOST_DESCRIBE_STRUCT(CalendarFile, (), (comment, calendars))

template <class T>
Result<T> ReadFile(std::filesystem::path const& file) {
  std::ifstream in(file);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return Fail(ErrorCode::kInvalid, "org.content_unreadable", {{"file", file.string()}});
  return FromJsonText<T>(text);
}

}  // namespace

void CheckLevels(std::vector<CompetencyLevel> const& levels, std::string const& at, FieldErrors& errors) {
  std::set<std::int64_t> seen;
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (!seen.insert(levels[i].level).second) errors.push_back({at + "/" + std::to_string(i) + "/level", "duplicate"});
}

void CheckCompetencies(std::vector<CompetencyWeight> const& list, FieldErrors& errors) {
  double sum = 0;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    sum += list[i].weight;
    auto const at = "/competencies/" + std::to_string(i);
    if (!seen.insert(list[i].key).second) errors.push_back({at + "/key", "duplicate"});
    CheckLevels(list[i].levels, at + "/levels", errors);
  }
  if (!list.empty() && std::abs(sum - 100) > 0.01)
    errors.push_back({"/competencies", "weights_not_100", {{"sum", fmt::format("{:g}", sum)}}});
}

Result<Content> ReadContent(std::filesystem::path const& folder) {
  BOLE_ASSIGN(auto competencies, ReadFile<CompetencyFile>(folder / "competencies.json"));
  BOLE_ASSIGN(auto models, ReadFile<ModelFile>(folder / "job_models.json"));
  BOLE_ASSIGN(auto calendars, ReadFile<CalendarFile>(folder / "calendars.json"));
  FieldErrors errors;
  for (auto& model : models.models) {
    for (auto& line : model.competencies)
      for (auto const& known : competencies.competencies)
        if (known.key == line.key) line.name_zh = known.name_zh, line.name_en = known.name_en;
    CheckCompetencies(model.competencies, errors);
  }
  if (!errors.empty()) return FailFields(std::move(errors));
  return Content{std::move(competencies.competencies), std::move(models.models), std::move(calendars.calendars)};
}

}  // namespace bole::org
