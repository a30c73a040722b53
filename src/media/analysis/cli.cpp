#include "media/analysis/cli.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "media/analysis/analyse.hpp"
#include "media/speech/model_pull.hpp"
#include "platform/reflect/json.hpp"

namespace bole::media {
namespace {

namespace json = boost::json;

int Print(json::value const& value) {
  std::cout << ToText(value) << '\n';
  return 0;
}

int PrintError(Error const& error) {
  json::object out{{"error", error.key}, {"params", json::value_from(error.params)}};
  if (!error.fields.empty()) out["field"] = error.fields.front().pointer + ": " + error.fields.front().code;
  Print(out);
  return 1;
}

Result<AnswerSignals> AnalyseFile(Engines& engines, std::string const& file, AnalysisOptions const& options,
                                  CpuSplit* cpu) {
  BOLE_ASSIGN(auto source, FileSource::Open(file));
  return AnalyseMedia(*source, engines, options, {}, {}, cpu);
}

json::value CardJson(ModelCard const& card) { return json::parse(FormatModelCard(card)); }

int ListModels(Engines& engines, Catalogue const& catalogue) {
  json::array installed, available;
  for (auto const& card : engines.Models().List()) installed.push_back(CardJson(card));
  for (auto const& entry : catalogue.entries) {
    auto value = CardJson(entry.card).as_object();
    value["url"] = entry.url;
    value["size_mb"] = entry.size_mb;
    value["note"] = entry.note;
    value["installed"] = engines.Models().Find(entry.card.id).has_value();
    available.push_back(std::move(value));
  }
  return Print(json::object{{"installed", std::move(installed)}, {"available", std::move(available)}});
}

// Loads a model and runs it on a second of tone.
int CheckModel(Engines& engines, std::string const& id) {
  auto const checked = CheckInstalledModel(engines.Models(), id);
  if (!checked) return PrintError(checked.error());
  return Print(json::object{{"id", id}, {"ok", true}, {"load_ms", checked->load_ms}, {"run_ms", checked->run_ms}});
}

}  // namespace

int RunTranscribe(Engines& engines, std::string const& file, std::string const& language, std::string const& model) {
  AnalysisOptions options;
  options.language = language.empty() ? "auto" : language;
  options.speech_model = model;
  options.video_fps = 0;
  if (!model.empty() && !engines.SpeechModel(model))
    return PrintError({ErrorCode::kNotFound, "engine.model_broken", {}, {{"id", model}}});
  auto signals = AnalyseFile(engines, file, options, nullptr);
  if (!signals) return PrintError(signals.error());
  std::erase_if(signals->notices, [](auto const& n) { return n.code.starts_with("picture."); });
  return Print(json::object{{"media", WriteJson(signals->media)},
                            {"transcript", WriteJson(signals->transcript)},
                            {"notices", WriteJson(signals->notices)}});
}

int RunAnalyse(Engines& engines, std::string const& file, std::string const& language, bool expression) {
  AnalysisOptions options;
  options.language = language.empty() ? "auto" : language;
  options.expression = expression;
  CpuSplit cpu;
  auto signals = AnalyseFile(engines, file, options, &cpu);
  if (!signals) return PrintError(signals.error());
  return Print(json::object{{"signals", WriteJson(*signals)}, {"cpu_seconds", WriteJson(cpu)}});
}

int RunModels(Engines& engines, ModelsCommand const& command) {
  if (command.action == "add") {
    auto card = DescribeModelDir(command.target, command.family, command.languages, command.id);
    if (!card) return PrintError(card.error());
    if (auto added = engines.Models().Add(*card); !added) return PrintError(added.error());
    engines.Refresh();
    return Print(CardJson(*card));
  }
  if (command.action == "check") return CheckModel(engines, command.target);
  auto catalogue = LoadCatalogue(command.catalogue_file);
  if (!catalogue) return PrintError(catalogue.error());
  if (command.action == "list") return ListModels(engines, *catalogue);
  if (command.action != "pull") return PrintError({ErrorCode::kInvalid, "invalid", {{"/action", "unknown"}}, {}});
  auto pulled = PullModel(*catalogue, command.target, engines.Models(), [](std::uint64_t done, std::uint64_t total) {
    std::cerr << "\r" << done / 1'000'000 << " / " << total / 1'000'000 << " MB" << std::flush;
  });
  std::cerr << '\n';
  if (!pulled) return PrintError(pulled.error());
  engines.Refresh();
  return Print(CardJson(*pulled));
}

}  // namespace bole::media
