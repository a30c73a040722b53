#include "modules/plans/rebase.hpp"

#include <algorithm>
#include <map>

#include "modules/plans/base_rules.hpp"

namespace bole::plans {
namespace {

using Keys = std::vector<std::string>;

template <class T>
T const* Find(std::vector<T> const& items, std::string const& key) {
  auto const found = std::find_if(items.begin(), items.end(), [&](T const& item) { return item.key == key; });
  return found == items.end() ? nullptr : &*found;
}
template <class T>
Keys KeysOf(std::vector<T> const& items) {
  Keys out;
  for (auto const& item : items) out.push_back(item.key);
  return out;
}
bool Has(Keys const& keys, std::string const& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

json::value Member(json::object const& object, std::string_view name) {
  auto const* found = object.if_contains(name);
  return found ? *found : json::value();
}
json::value QuestionOf(json::object const& stage) {
  auto const id = Member(stage, "question_id");
  if (id.is_null()) return {};
  return json::object{{"question_id", id}, {"question_revision", Member(stage, "question_revision")}};
}
json::value WeightsOf(std::vector<PlanDimension> const& dimensions) {
  json::object out;
  for (auto const& dimension : dimensions) out[dimension.key] = dimension.weight;
  return out;
}
json::value RulesOf(std::vector<PlanDimension> const& dimensions) {
  json::object out;
  for (auto const& d : dimensions)
    out[d.key] = json::object{{"core", d.core}, {"min", WriteJson(d.min_weight)}, {"max", WriteJson(d.max_weight)}};
  return out;
}
json::value NamesOf(Keys const& keys) { return WriteJson(keys); }

class Merge {
 public:
  Merge(PlanDocument const& before, PlanDocument const& after, PlanDocument mine,
        std::vector<RebaseChoice> const& choices)
      : before_(before), after_(after), mine_(std::move(mine)), may_(after.governance.value_or(PlanGovernance{})) {
    for (auto const& choice : choices) choices_[choice.path] = choice.take;
  }

  Rebased Run() {
    RenameCollisions();
    out_.document = DerivedFrom(after_);
    Whole();
    Dimensions();
    Stages();
    return std::move(out_);
  }

 private:
  enum class Side { standard, mine };

  // The rule of three: who changed a place decides it; both: a conflict that somebody has to decide.
  Side Decide(std::string const& path, PlanStage const* stage, json::value const& before, json::value const& after,
              json::value const& mine, bool frozen) {
    if (mine == after) return Side::standard;
    auto const add = [&](ChangeKind kind) {
      out_.changes.push_back({path, stage ? stage->title_zh : "", stage ? stage->title_en : "", kind,
                              kind == ChangeKind::conflict && frozen, before, after, mine});
    };
    if (mine == before) return add(ChangeKind::standard), Side::standard;
    if (after == before && !frozen) return add(ChangeKind::local), Side::mine;
    add(ChangeKind::conflict);
    auto const choice = choices_.find(path);
    if (choice == choices_.end())
      out_.errors.push_back({path, "choose"});
    else if (choice->second == Take::mine && frozen)
      out_.errors.push_back({path, "locked"});
    else if (choice->second == Take::mine)
      return Side::mine;
    return Side::standard;
  }

  template <class T>
  void Field(std::string const& path, T PlanDocument::*member, bool frozen) {
    if (Decide(path, nullptr, WriteJson(before_.*member), WriteJson(after_.*member), WriteJson(mine_.*member),
               frozen) == Side::mine)
      out_.document.*member = mine_.*member;
  }
  void Band(std::string const& path, double PlanBands::*member) {
    bool const frozen = may_.bands_binding && mine_.bands.*member < after_.bands.*member;
    if (Decide(path, nullptr, before_.bands.*member, after_.bands.*member, mine_.bands.*member, frozen) == Side::mine)
      out_.document.bands.*member = mine_.bands.*member;
  }
  void Whole() {
    Field("/language", &PlanDocument::language, !may_.language);
    Field("/scoring_model_id", &PlanDocument::scoring_model_id, true);
    Band("/bands/recommend", &PlanBands::recommend);
    Band("/bands/reinterview", &PlanBands::reinterview);
    Field("/valid_days", &PlanDocument::valid_days, !may_.valid_days);
    Field("/retention_days", &PlanDocument::retention_days, mine_.retention_days > after_.retention_days);
    Field("/welcome_zh", &PlanDocument::welcome_zh, !may_.prompts);
    Field("/welcome_en", &PlanDocument::welcome_en, !may_.prompts);
    Field("/closing_zh", &PlanDocument::closing_zh, !may_.prompts);
    Field("/closing_en", &PlanDocument::closing_en, !may_.prompts);
  }

  // The new standard's dimensions with the branch's weights, and the branch's own dimensions.
  std::vector<PlanDimension> MyDimensions() const {
    std::vector<PlanDimension> out;
    for (auto dimension : after_.dimensions) {
      auto const* mine = Find(mine_.dimensions, dimension.key);
      if (!mine) continue;
      dimension.weight = mine->weight;
      out.push_back(std::move(dimension));
    }
    for (auto const& dimension : mine_.dimensions)
      if (!Find(after_.dimensions, dimension.key)) {
        out.push_back(dimension);  // the branch's own, or one the standard gave up
        out.back().core = false, out.back().min_weight.reset(), out.back().max_weight.reset();
      }
    return out;
  }
  // Weights are one decision: they sum to 100.
  void Dimensions() {
    auto candidate = DerivedFrom(after_);
    candidate.dimensions = MyDimensions();
    bool const frozen = !CheckAgainstBase(after_, candidate).empty();
    auto const rules = RulesOf(after_.dimensions);
    if (auto const old = RulesOf(before_.dimensions); old != rules)
      out_.changes.push_back({"/dimension_rules", "", "", ChangeKind::standard, false, old, rules, old});
    if (Decide("/dimensions", nullptr, WeightsOf(before_.dimensions), WeightsOf(after_.dimensions),
               WeightsOf(mine_.dimensions), frozen) == Side::mine)
      out_.document.dimensions = std::move(candidate.dimensions);
  }

  bool Frozen(PlanStage const& after, std::string_view field) const {
    if (after.locked || field == "kind") return true;
    if (field.starts_with("title") || field.starts_with("question")) return !may_.texts;
    if (field.starts_with("prompt")) return !may_.prompts;
    if (field.ends_with("_seconds") || field == "retakes") return !may_.times;
    return false;
  }
  PlanStage MergeStage(PlanStage const& before, PlanStage const& after, PlanStage const& mine) {
    auto const old = WriteJson(before).as_object(), now = WriteJson(after).as_object(),
               own = WriteJson(mine).as_object();
    auto merged = now;
    auto const at = "/stages/" + after.key;
    if (Decide(at + "/question", &after, QuestionOf(old), QuestionOf(now), QuestionOf(own),
               Frozen(after, "question")) == Side::mine)
      for (auto const* name : {"question_id", "question_revision"}) merged[name] = Member(own, name);
    for (auto const* name :
         {"kind", "title_zh", "title_en", "question_zh", "question_en", "prompt_zh", "prompt_en", "prompt_asset_id",
          "preparation_seconds", "time_limit_seconds", "grace_seconds", "retakes", "dimensions", "weight", "locked"})
      if (Decide(at + "/" + name, &after, Member(old, name), Member(now, name), Member(own, name),
                 Frozen(after, name)) == Side::mine)
        merged[name] = Member(own, name);
    PlanStage out;
    FieldErrors ignored;  // written from the same shape two lines above
    ReadJson(json::value(std::move(merged)), out, "", ignored);
    return out;
  }
  // A stage that is not in all three; nullopt: not in the result either.
  std::optional<PlanStage> Presence(PlanStage const* before, PlanStage const* after, PlanStage const* mine) {
    auto const json = [](PlanStage const* stage) { return stage ? WriteJson(*stage) : json::value(); };
    auto const& named = after ? *after : mine ? *mine : *before;
    bool const mine_wins = Decide("/stages/" + named.key, &named, json(before), json(after), json(mine),
                                  after && after->locked) == Side::mine;
    auto const* chosen = mine_wins ? mine : after;
    if (!chosen) return std::nullopt;
    auto out = *chosen;
    if (mine_wins) out.locked = false;
    return out;
  }

  void Stages() {
    std::vector<PlanStage> merged;
    auto const take = [&](std::string const& key) {
      if (Find(merged, key)) return;
      auto const *before = Find(before_.stages, key), *after = Find(after_.stages, key),
                 *mine = Find(mine_.stages, key);
      auto stage = before && after && mine ? MergeStage(*before, *after, *mine) : Presence(before, after, mine);
      if (stage) merged.push_back(*std::move(stage));
    };
    for (auto const& stage : after_.stages) take(stage.key);
    for (auto const& stage : mine_.stages) take(stage.key);
    auto const known = KeysOf(out_.document.dimensions);
    std::vector<PlanStage> ordered;
    for (auto const& key : Order(KeysOf(merged))) {
      ordered.push_back(*Find(merged, key));
      if (!ordered.back().locked)
        std::erase_if(ordered.back().dimensions, [&](auto const& dimension) { return !Has(known, dimension); });
    }
    out_.document.stages = std::move(ordered);
  }

  Keys Order(Keys const& present) {
    auto const common = [&](std::vector<PlanStage> const& stages) {
      Keys out;
      for (auto const& stage : stages)
        if (Find(before_.stages, stage.key) && Find(after_.stages, stage.key) && Find(mine_.stages, stage.key))
          out.push_back(stage.key);
      return out;
    };
    auto const by_standard = Line(after_.stages, mine_.stages, present);
    auto const by_mine = Line(mine_.stages, after_.stages, present);
    auto const side = Decide("/stage_order", nullptr, NamesOf(common(before_.stages)), NamesOf(common(after_.stages)),
                             NamesOf(common(mine_.stages)), !KeepsLockedOrder(by_mine));
    return side == Side::mine && KeepsLockedOrder(by_mine) ? by_mine : by_standard;
  }
  // `first` in its order; what only `second` has stands behind its predecessor there.
  static Keys Line(std::vector<PlanStage> const& first, std::vector<PlanStage> const& second, Keys const& present) {
    Keys out;
    for (auto const& stage : first)
      if (Has(present, stage.key)) out.push_back(stage.key);
    std::string predecessor;
    for (auto const& stage : second) {
      if (!Has(present, stage.key)) continue;
      if (!Has(out, stage.key)) {
        auto const at = std::find(out.begin(), out.end(), predecessor);
        out.insert(at == out.end() ? out.begin() : at + 1, stage.key);
      }
      predecessor = stage.key;
    }
    return out;
  }
  bool KeepsLockedOrder(Keys const& line) const {
    Keys want, have;
    for (auto const& stage : after_.stages)
      if (stage.locked) want.push_back(stage.key);
    for (auto const& key : line)
      if (Has(want, key)) have.push_back(key);
    return want == have;
  }

  void RenameCollisions() {
    auto const taken = [&](std::string const& key) {
      return Find(before_.stages, key) || Find(after_.stages, key) || Find(mine_.stages, key);
    };
    for (auto& stage : mine_.stages) {
      if (Find(before_.stages, stage.key) || !Find(after_.stages, stage.key)) continue;
      int number = 1;
      while (taken("local" + std::to_string(number))) ++number;
      stage.key = "local" + std::to_string(number);
    }
  }

  PlanDocument const& before_;
  PlanDocument const& after_;
  PlanDocument mine_;
  PlanGovernance const may_;
  std::map<std::string, Take> choices_;
  Rebased out_;
};

}  // namespace

Rebased RebasePlan(PlanDocument const& before, PlanDocument const& after, PlanDocument const& mine,
                   std::vector<RebaseChoice> const& choices) {
  return Merge(before, after, mine, choices).Run();
}

}  // namespace bole::plans
