#pragma once
#include <filesystem>

#include "modules/org/calendar_views.hpp"
#include "modules/org/job_views.hpp"

// What the product ships for every group: share/content/competencies.json, job_models.json, calendars.json.
namespace bole::org {

struct ShippedCalendar {
  std::string code, name_zh, name_en;
  std::string locale;  // groups of this locale use it from the start
  std::vector<std::int64_t> rest_weekdays;
  std::vector<CalendarDay> days;
};
BOOST_DESCRIBE_STRUCT(ShippedCalendar, (), (code, name_zh, name_en, locale, rest_weekdays, days))

struct FamilyModel {
  std::string family;
  std::vector<CompetencyWeight> competencies;
};
BOOST_DESCRIBE_STRUCT(FamilyModel, (), (family, competencies))

struct Content {
  std::vector<CompetencyView> competencies;
  std::vector<FamilyModel> models;  // names filled in from the competencies
  std::vector<ShippedCalendar> calendars;
};

// kInvalid "org.content_unreadable" {file}, or the broken fields of a file.
[[nodiscard]] Result<Content> ReadContent(std::filesystem::path const& folder);

// Weights that sum to 100, a competency once, levels once: what the types cannot say.
void CheckCompetencies(std::vector<CompetencyWeight> const& list, FieldErrors& errors);
void CheckLevels(std::vector<CompetencyLevel> const& levels, std::string const& at, FieldErrors& errors);

}  // namespace bole::org
