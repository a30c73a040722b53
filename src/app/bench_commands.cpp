#include "app/cli_groups.hpp"
#include "app/engines.hpp"
#include "app/settings.hpp"
#include "media/analysis/cli.hpp"

namespace bole::app {

void AddBenchCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto* bench = app.add_subcommand("bench", "Measurements; each prints one JSON object");
  bench->require_subcommand(1);
  auto* analysis = bench->add_subcommand("analysis", "Media seconds per CPU second: decode, speech, voice, face");
  auto const speech_dir = std::make_shared<std::string>();
  auto const picture = std::make_shared<std::string>();
  auto const language = std::make_shared<std::string>("zh");
  auto const seconds = std::make_shared<double>(60);
  analysis->add_option("--speech", *speech_dir, "folder with zh/ and en/ WAV files (default: synthesised speech)");
  analysis->add_option("--picture", *picture, "JPEG with a face");
  analysis->add_option("--language", *language);
  analysis->add_option("--seconds", *seconds);
  analysis->callback([&config_file, &status, speech_dir, picture, language, seconds] {
    auto const config = LoadSettings(config_file);
    if (!config) return void(status = 2);
    media::Engines engines(EngineOptionsOf(*config));
    status = media::RunBenchAnalysis(engines, *speech_dir, *picture, *language, *seconds);
  });
}

}  // namespace bole::app
