#include "modules/privacy/catalogue.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace bole::privacy {
namespace {

struct CatalogueFile {
  std::vector<ConsentKind> consents;
};
BOOST_DESCRIBE_STRUCT(CatalogueFile, (), (consents))

}  // namespace

Result<Catalogue> Catalogue::Load(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  BOLE_ASSIGN(auto read, FromJsonText<CatalogueFile>(std::string(std::istreambuf_iterator<char>(in), {})));
  Catalogue out;
  out.kinds_ = std::move(read.consents);
  for (auto const& kind : out.kinds_)
    if (kind.texts.empty()) return Fail(ErrorCode::kInvalid, "privacy.catalogue", {{"consent", kind.key}});
  return out;
}

ConsentKind const* Catalogue::Find(std::string_view key) const {
  auto const found = std::find_if(kinds_.begin(), kinds_.end(), [&](auto const& kind) { return kind.key == key; });
  return found == kinds_.end() ? nullptr : &*found;
}

std::vector<DataKind> KindsBehind(std::string_view consent) {
  if (consent == "recording") return {DataKind::recordings, DataKind::analysis};
  if (consent == "analysis") return {DataKind::analysis};
  return {DataKind::biometric};
}

}  // namespace bole::privacy
