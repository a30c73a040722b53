#pragma once
#include <filesystem>
#include <vector>

#include "modules/privacy/views.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::privacy {

// The kinds of consent with every version of their texts, read from share/content/privacy/consents.json. The current
// versions are those that interviews ask for; a test compares them. Immutable.
class Catalogue {
 public:
  [[nodiscard]] static Result<Catalogue> Load(std::filesystem::path const& file);
  [[nodiscard]] std::vector<ConsentKindView> const& kinds() const { return kinds_; }
  [[nodiscard]] ConsentKindView const* Find(std::string_view key) const;
  // The text a person agreed to; null when the version is unknown.
  [[nodiscard]] static ConsentText const* TextOf(ConsentKindView const& kind, std::string_view version);

 private:
  std::vector<ConsentKindView> kinds_;
};

// What must go when a consent is withdrawn, in the order in which it goes.
[[nodiscard]] std::vector<DataKind> KindsBehind(std::string_view consent);

}  // namespace bole::privacy
