#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/cli_groups.hpp"
#include "app/commands.hpp"
#include "app/engines.hpp"
#include "app/settings.hpp"
#include "app/spoken_recording.hpp"

// Helpers for tests of the whole program; not shown in the help.
namespace bole::app {
namespace {

struct Arguments {
  std::string file, text, language = "en", blob_id;
};

int MakeRecordingFile(config::Config const& config, Arguments const& in) {
  media::Engines engines(EngineOptionsOf(config));
  auto const spoken = Speak(engines, in.text, in.language, 1);
  if (!spoken) return Complain("cannot make a recording", spoken.error());
  std::ofstream out(in.file, std::ios::binary);
  out.write(reinterpret_cast<char const*>(spoken->webm.data()), static_cast<std::streamsize>(spoken->webm.size()));
  if (!out.flush()) return Complain("cannot write the recording", {ErrorCode::kUnavailable, "storage.io"});
  std::cout << spoken->seconds << "\n";
  return 0;
}

// 0 when the blob holds exactly the bytes of the file.
int CompareBlob(config::Config config, Arguments const& in) {
  auto const platform = Platform::Open(std::move(config));
  if (!platform) return Complain("cannot start", platform.error());
  constexpr std::uint64_t kLimit = 1U << 30U;
  auto const kept = blob::ReadAll(*(*platform)->blobs, in.blob_id, kLimit);
  if (!kept) return Complain("cannot read the recording", kept.error());
  std::ifstream file(in.file, std::ios::binary);
  std::string const expected{std::istreambuf_iterator<char>(file), {}};
  if (*kept == expected) return std::cout << "same " << kept->size() << " bytes\n", 0;
  auto const at = std::mismatch(kept->begin(), kept->end(), expected.begin(), expected.end()).first - kept->begin();
  std::cout << "differs at byte " << at << " (" << kept->size() << " kept, " << expected.size() << " expected)\n";
  return 1;
}

}  // namespace

void AddDevCommands(CLI::App& app, std::string const& config_file, int& status) {
  auto* group = app.add_subcommand("dev", "For tests of the program itself")->group("");
  group->require_subcommand(1);
  auto const in = std::make_shared<Arguments>();
  auto const with_settings = [&config_file, &status, in](auto run) {
    return [&config_file, &status, in, run] {
      auto config = LoadSettings(config_file);
      status = config ? run(*std::move(config), *in) : 2;
    };
  };
  auto* recording = group->add_subcommand("recording", "Let a made-up person speak; prints the seconds");
  recording->add_option("file", in->file)->required();
  recording->add_option("--text", in->text)->required();
  recording->add_option("--language", in->language)->check(CLI::IsMember({"zh", "en"}));
  recording->callback(
      with_settings([](config::Config config, Arguments const& a) { return MakeRecordingFile(config, a); }));
  auto* compare = group->add_subcommand("compare", "Compare a stored recording with a file");
  compare->add_option("blob", in->blob_id)->required();
  compare->add_option("file", in->file)->required()->check(CLI::ExistingFile);
  compare->callback(
      with_settings([](config::Config config, Arguments const& a) { return CompareBlob(std::move(config), a); }));
}

}  // namespace bole::app
