#pragma once
#include <filesystem>
#include <vector>

#include "modules/privacy/consent_views.hpp"
#include "platform/security/personal_data.hpp"

namespace bole::privacy {

// The kinds of consent with the texts that are shipped, read from share/content/privacy/consents.json; the last text of
// a kind holds where no unit has published its own. Immutable.
class Catalogue {
 public:
  [[nodiscard]] static Result<Catalogue> Load(std::filesystem::path const& file);
  [[nodiscard]] std::vector<ConsentKind> const& kinds() const { return kinds_; }
  [[nodiscard]] ConsentKind const* Find(std::string_view key) const;

 private:
  std::vector<ConsentKind> kinds_;
};

// What must go when a consent is withdrawn, in the order in which it goes.
[[nodiscard]] std::vector<DataKind> KindsBehind(std::string_view consent);

}  // namespace bole::privacy
