#include <iostream>

#include "app/cli_groups.hpp"
#include "app/engines.hpp"
#include "app/settings.hpp"
#include "media/analysis/cli.hpp"
#include "modules/assessment/evaluate.hpp"

namespace bole::app {
namespace {

// What the commands share; alive as long as the program.
struct Arguments {
  std::string file, language = "auto", model;
  bool expression = false;
  media::ModelsCommand models;
};

void AddModels(CLI::App& app, std::string const& config_file, int& status, std::shared_ptr<Arguments> const& in) {
  auto* models = app.add_subcommand("models", "Speech and other models");
  models->require_subcommand(1);
  auto const add = [&](char const* action, char const* about) {
    auto* command = models->add_subcommand(action, about);
    command->callback([&config_file, &status, in, action] {
      auto const config = LoadSettings(config_file);
      if (!config) return void(status = 2);
      in->models.action = action;
      in->models.catalogue_file = (config->resource_dir / "models" / "catalogue.json").string();
      media::Engines engines(EngineOptionsOf(*config));
      status = media::RunModels(engines, in->models);
    });
    return command;
  };
  add("list", "What there is and what can be had");
  add("pull", "Fetch a model of the catalogue")->add_option("id", in->models.target)->required();
  add("check", "Load a model and let it hear a second of sound")->add_option("id", in->models.target)->required();
  auto* add_dir = add("add", "Use a model in a folder of yours");
  add_dir->add_option("dir", in->models.target)->required()->check(CLI::ExistingDirectory);
  add_dir->add_option("--family", in->models.family);
  add_dir->add_option("--id", in->models.id);
  add_dir->add_option("--language", in->models.languages);
}

}  // namespace

void AddMediaCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto const in = std::make_shared<Arguments>();
  auto const with_engines = [&config_file, &status](auto run) {
    return [&config_file, &status, run] {
      auto const config = LoadSettings(config_file);
      if (!config) return void(status = 2);
      media::Engines engines(EngineOptionsOf(*config));
      status = run(engines);
    };
  };
  auto* transcribe = app.add_subcommand("transcribe", "Words with times and confidence, pauses, language (JSON)");
  transcribe->add_option("file", in->file)->required()->check(CLI::ExistingFile);
  transcribe->add_option("--language", in->language)->check(CLI::IsMember({"zh", "en", "auto"}));
  transcribe->add_option("--model", in->model);
  transcribe->callback(with_engines(
      [in](media::Engines& engines) { return media::RunTranscribe(engines, in->file, in->language, in->model); }));

  auto* analyse = app.add_subcommand("analyse", "Speech, voice and face signals over time (JSON)");
  analyse->add_option("file", in->file)->required()->check(CLI::ExistingFile);
  analyse->add_option("--language", in->language)->check(CLI::IsMember({"zh", "en", "auto"}));
  analyse->add_flag("--expression", in->expression, "also expression features, where the law allows them");
  analyse->callback(with_engines(
      [in](media::Engines& engines) { return media::RunAnalyse(engines, in->file, in->language, in->expression); }));
  AddModels(app, config_file, status, in);
}

void AddEvaluateCommand(CLI::App& app, std::string const& config_file, int& status) {
  auto const file = std::make_shared<std::string>();
  auto const features = std::make_shared<bool>(false);
  auto* evaluate = app.add_subcommand("evaluate", "Score rated answers (JSON lines) and compare with the human scores");
  evaluate->add_option("file", *file)->required()->check(CLI::ExistingFile);
  evaluate->add_flag("--features", *features, "print the features of every answer instead, for fitting");
  evaluate->callback([&config_file, &status, file, features] {
    auto const config = LoadSettings(config_file);
    if (!config) return void(status = 2);
    media::Engines engines(EngineOptionsOf(*config));
    i18n::Messages const none;
    LazyAssessor assessor(engines, none, config->resource_dir / "content" / "content_model.json");
    auto const scorer = assessor.Scorer();
    if (!scorer) {
      std::cerr << "bole: cannot load the content scorer: " << scorer.error().key << "\n";
      return void(status = 2);
    }
    status = assessment::RunEvaluate(*file, **scorer, *features, std::cout, std::cerr);
  });
}

}  // namespace bole::app
