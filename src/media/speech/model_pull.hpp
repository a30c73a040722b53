#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/speech/model_registry.hpp"

namespace bole::media {

// What can be had: share/models/catalogue.json.
struct CatalogueEntry {
  ModelCard card;
  std::string url;        // a .tar.bz2, .tar.gz or .zip, or a single file
  std::string extra_url;  // one more file that the release ships apart, e.g. a vocoder; may be empty
  double size_mb = 0;
  std::string sha256;  // "" until known: then the first download is trusted and its sum is kept in models_dir
  std::string note;
};
struct Catalogue {
  std::vector<CatalogueEntry> entries;
};
[[nodiscard]] Result<Catalogue> LoadCatalogue(std::string const& file);

using PullProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Downloads (going on where an earlier try stopped), checks the SHA-256, unpacks below models_dir/<id> and writes
// model.json. Errors: kNotFound, kUnavailable "engine.download" (status), kInvalid "engine.checksum" (the file is
// removed), "engine.archive", kTooLarge "engine.download_too_large" (over 4 GB).
[[nodiscard]] Result<ModelCard> PullModel(Catalogue const& catalogue, std::string const& id,
                                          ModelRegistry const& registry, PullProgress const& progress,
                                          std::stop_token stop = {});

struct ModelCheck {
  double load_ms = 0, run_ms = 0;
};
// Loads an installed model and runs it on a second of tone (speech), a sentence (punctuation) or a word (synthesis).
[[nodiscard]] Result<ModelCheck> CheckInstalledModel(ModelRegistry const& registry, std::string const& id);

}  // namespace bole::media
