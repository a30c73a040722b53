#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/i18n/locale.hpp"

namespace bole::i18n {

using Params = std::map<std::string, std::string>;

// Texts for people, by key and language. Loaded once, then immutable: all const methods may be called from any thread.
// Files are share/locales/<area>.<locale>.json: one flat object key → text with {param} placeholders.
class Messages {
 public:
  Messages() = default;
  Messages(Messages&& other) noexcept;
  Messages& operator=(Messages&&) = delete;

  // Reads every file of the folder in order of name; kInvalid `i18n.bad_file` {file, reason} on broken JSON or a value
  // that is no text. Of a key defined twice the first text stays (see duplicates()).
  [[nodiscard]] static Result<Messages> Load(std::filesystem::path const& folder);

  // The text with its placeholders filled; a placeholder without parameter stays as it is. A missing key returns
  // the key itself and counts.
  [[nodiscard]] std::string Text(Locale locale, std::string_view key, Params const& params = {}) const;
  [[nodiscard]] bool Has(Locale locale, std::string_view key) const;
  [[nodiscard]] std::vector<std::string> Keys(Locale locale) const;
  [[nodiscard]] std::vector<std::string> const& duplicates() const { return duplicates_; }  // "file: key"
  [[nodiscard]] std::uint64_t missing() const { return missing_.load(); }

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  [[nodiscard]] std::string const* Find(Locale locale, std::string_view key) const;

  std::array<Table, 2> tables_;
  std::vector<std::string> duplicates_;
  mutable std::atomic<std::uint64_t> missing_{0};
};

// Replaces each {name} in `text` by its parameter.
[[nodiscard]] std::string FillPlaceholders(std::string_view text, Params const& params);

}  // namespace bole::i18n
