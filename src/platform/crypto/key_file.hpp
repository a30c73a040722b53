#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

// keys.toml on disk: mode 0600, replaced atomically, synced before success. Used by KeyRing only.
namespace bole::crypto {

struct KeyFileContent {
  struct Key {
    std::string id, created_at, secret;
  };
  std::string active, index;  // secrets as base64url
  std::vector<Key> keys;
};

[[nodiscard]] std::string RenderKeyFile(KeyFileContent const& content);
[[nodiscard]] Result<bool> KeyFileExists(std::filesystem::path const& file);
// Refuses a file that group or others may read (keys.bad_mode).
[[nodiscard]] Result<KeyFileContent> ReadKeyFile(std::filesystem::path const& file);
// Leaves an existing file as it is: whoever creates it first wins.
[[nodiscard]] Result<> CreateKeyFile(std::filesystem::path const& file, std::string const& text);
[[nodiscard]] Result<> ReplaceKeyFile(std::filesystem::path const& file, std::string const& text);

}  // namespace bole::crypto
