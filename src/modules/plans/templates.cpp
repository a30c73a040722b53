#include <algorithm>
#include <fstream>
#include <sstream>

#include "modules/plans/model.hpp"
#include "modules/plans/service.hpp"
#include "platform/app/context.hpp"
#include "platform/config/config.hpp"

// Plans that Bole ships, one for each job family (share/content/plans_library.json). Questions are named by code there
// and found in the group's bank when somebody looks.
namespace bole::plans {

struct ShippedTemplate {
  std::string key;
  std::string family = org::kGeneralFamily;
  std::string name_zh, name_en, description_zh, description_en;
  json::object document;
};
BOOST_DESCRIBE_STRUCT(ShippedTemplate, (), (key, family, name_zh, name_en, description_zh, description_en, document))
struct ShippedTemplates {
  std::vector<ShippedTemplate> templates;
};
BOOST_DESCRIBE_STRUCT(ShippedTemplates, (), (templates))

namespace {

constexpr char const* kFile = "plans_library.json";

tl::unexpected<Error> Bad(std::string const& where, Error const& error) {
  auto const& first = error.fields.empty() ? FieldError{"", error.key} : error.fields.front();
  return Fail(ErrorCode::kInternal, "content.bad_file",
              {{"file", kFile}, {"reason", where + first.pointer + " " + first.code}});
}

// Takes the question codes out of the stages; "" where a stage asks without the bank.
std::vector<std::string> TakeCodes(json::object& document) {
  std::vector<std::string> out;
  auto* stages = document.contains("stages") ? document["stages"].if_array() : nullptr;
  if (!stages) return out;
  for (auto& stage : *stages) {
    auto* object = stage.if_object();
    auto const* code = object ? object->if_contains("question_code") : nullptr;
    out.emplace_back(code && code->is_string() ? std::string(code->as_string()) : "");
    if (object) object->erase("question_code");
  }
  return out;
}

}  // namespace

Result<> Service::ReadTemplates() {
  std::ifstream in(context_.config.resource_dir / "content" / kFile, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return Fail(ErrorCode::kInternal, "content.unreadable", {{"file", kFile}});
  auto file = FromJsonText<ShippedTemplates>(text.str());
  if (!file) return Bad("", file.error());
  for (auto& shipped : file->templates) {
    codes_[shipped.key] = TakeCodes(shipped.document);
    auto document = FromJson<PlanDocument>(shipped.document);
    if (!document) return Bad(shipped.key + " ", document.error());
    templates_.push_back({shipped.key, shipped.family, shipped.name_zh, shipped.name_en, shipped.description_zh,
                          shipped.description_en, *std::move(document)});
  }
  return {};
}

Result<PlanDocument> Service::TemplateDocument(db::Tx& tx, std::string const& key) {
  auto const found = std::find_if(templates_.begin(), templates_.end(), [&](auto const& t) { return t.key == key; });
  if (found == templates_.end()) return FailField("/template_key", "not_found");
  auto out = found->document;
  auto const& codes = codes_.at(key);
  for (std::size_t i = 0; i < out.stages.size(); ++i) {
    if (codes[i].empty()) continue;
    BOLE_ASSIGN(auto const question, QuestionByCode(tx, codes[i]));
    out.stages[i].question_id = question.id, out.stages[i].question_revision = question.revision;
  }
  return out;
}

Result<Items<PlanTemplateView>> Service::Templates() {
  return context_.database.Read([&](db::Tx& tx) -> Result<Items<PlanTemplateView>> {
    Items<PlanTemplateView> out;
    for (auto view : templates_) {
      BOLE_ASSIGN(view.document, TemplateDocument(tx, view.key));
      std::map<std::string, QuestionContent> questions;
      for (auto const& stage : view.document.stages)
        if (stage.question_id)
          if (auto content = store::Content(tx, *stage.question_id, stage.question_revision))
            questions.emplace(stage.key, *std::move(content));
      FillTexts(view.document, questions);
      out.items.push_back(std::move(view));
    }
    return out;
  });
}

}  // namespace bole::plans
