#include "media/speech/model_pull.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <curl/curl.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <numbers>

#include "media/speech/synthesis.hpp"

namespace bole::media {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
constexpr curl_off_t kLargest = curl_off_t{4} << 30;

struct Closer {
  void operator()(std::FILE* p) const { std::fclose(p); }
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
  void operator()(archive* p) const { archive_read_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};
template <class T>
using Owned = std::unique_ptr<T, Closer>;

std::string Sha256(fs::path const& file) {
  Owned<std::FILE> in(std::fopen(file.c_str(), "rb"));
  Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  if (!in || !context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1) return {};
  std::vector<unsigned char> block(1 << 20);
  while (auto const got = std::fread(block.data(), 1, block.size(), in.get()))
    EVP_DigestUpdate(context.get(), block.data(), got);
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), sum.data(), &size);
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    constexpr char const* kHex = "0123456789abcdef";
    out += kHex[sum[i] >> 4];
    out += kHex[sum[i] & 15];
  }
  return out;
}

struct Watch {
  PullProgress const& progress;
  std::stop_token const& stop;
  std::uint64_t before;
};
int OnProgress(void* watch, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
  auto& w = *static_cast<Watch*>(watch);
  if (w.progress && total > 0)
    w.progress(w.before + static_cast<std::uint64_t>(now), w.before + static_cast<std::uint64_t>(total));
  return w.stop.stop_requested() ? 1 : 0;
}

// Appends to `part` what is missing. A server that does not know ranges starts over.
Result<void> Download(std::string const& url, fs::path const& part, PullProgress const& progress,
                      std::stop_token const& stop) {
  for (bool again : {true, false}) {
    std::error_code error;
    auto const have = fs::exists(part, error) ? fs::file_size(part, error) : 0;
    Owned<std::FILE> out(std::fopen(part.c_str(), "ab"));
    Owned<CURL> curl(curl_easy_init());
    if (!out || !curl)
      return Fail(ErrorCode::kUnavailable, "engine.models_not_writable", {{"dir", part.parent_path().string()}});
    Watch watch{progress, stop, have};
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 20L);
    curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_LIMIT, 1000L);
    curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXFILESIZE_LARGE, kLargest);
    curl_easy_setopt(curl.get(), CURLOPT_RESUME_FROM_LARGE, static_cast<curl_off_t>(have));
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, out.get());
    curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFOFUNCTION, OnProgress);
    curl_easy_setopt(curl.get(), CURLOPT_XFERINFODATA, &watch);
    auto const result = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    constexpr long kRangeRefused = 416;
    if (result == CURLE_OK || (status == kRangeRefused && have > 0)) return {};  // 416: it was complete already
    if (result == CURLE_FILESIZE_EXCEEDED) return Fail(ErrorCode::kTooLarge, "engine.download_too_large");
    if (again && result == CURLE_RANGE_ERROR) {
      out.reset();
      fs::remove(part, error);
      continue;
    }
    return Fail(ErrorCode::kUnavailable, "engine.download", {{"status", std::to_string(status)}});
  }
  return {};
}

// Unpacks regular files below `folder`; a first folder that all entries share is left out. Nothing may leave `folder`.
Result<void> Unpack(fs::path const& file, fs::path const& folder) {
  Owned<archive> in(archive_read_new());
  archive_read_support_filter_all(in.get());
  archive_read_support_format_tar(in.get());
  archive_read_support_format_zip(in.get());
  auto const broken = Fail(ErrorCode::kInvalid, "engine.archive");
  if (archive_read_open_filename(in.get(), file.c_str(), 1 << 16) != ARCHIVE_OK) return broken;
  archive_entry* entry = nullptr;
  std::uint64_t total = 0;
  int status = 0;
  while ((status = archive_read_next_header(in.get(), &entry)) == ARCHIVE_OK) {
    fs::path const path = fs::path(archive_entry_pathname(entry)).lexically_normal();
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    fs::path inside;
    for (auto it = std::next(path.begin()); it != path.end(); ++it) inside /= *it;
    if (inside.empty()) inside = path.filename();
    if (path.is_absolute() || *path.begin() == "..") return broken;
    std::error_code error;
    fs::create_directories((folder / inside).parent_path(), error);
    std::ofstream out(folder / inside, std::ios::binary | std::ios::trunc);
    void const* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while ((status = archive_read_data_block(in.get(), &block, &size, &offset)) == ARCHIVE_OK) {
      total += size;
      if (total > static_cast<std::uint64_t>(kLargest) * 2) return broken;
      out.seekp(offset);
      out.write(static_cast<char const*>(block), static_cast<std::streamsize>(size));
    }
    if (status != ARCHIVE_EOF || !out) return broken;
  }
  if (status != ARCHIVE_EOF) return broken;
  return {};
}

std::string ReadText(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double Milliseconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since).count();
}

}  // namespace

Result<Catalogue> LoadCatalogue(std::string const& file) {
  boost::system::error_code error;
  auto const parsed = json::parse(ReadText(file), error);
  auto const* list = error ? nullptr : parsed.if_array();
  if (!list) return NotFound("catalogue");
  Catalogue out;
  for (auto const& value : *list) {
    auto card = ParseModelCard(json::serialize(value));
    if (!card) return tl::unexpected<Error>(card.error());
    auto const text = [&](char const* key) {
      auto const* found = value.as_object().if_contains(key);
      return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    auto const* size = value.as_object().if_contains("size_mb");
    out.entries.push_back({*std::move(card), text("url"), text("extra_url"), size ? size->to_number<double>() : 0,
                           text("sha256"), text("note")});
  }
  return out;
}

Result<ModelCard> PullModel(Catalogue const& catalogue, std::string const& id, ModelRegistry const& registry,
                            PullProgress const& progress, std::stop_token stop) {
  auto const entry =
      std::find_if(catalogue.entries.begin(), catalogue.entries.end(), [&](auto const& e) { return e.card.id == id; });
  if (entry == catalogue.entries.end()) return NotFound("model");
  fs::path const downloads = fs::path(registry.Dir()) / ".downloads", folder = fs::path(registry.Dir()) / id;
  auto const name = entry->url.substr(entry->url.rfind('/') + 1);
  auto const part = downloads / (id + "-" + name);
  std::error_code error;
  fs::create_directories(downloads, error);
  BOLE_TRY(Download(entry->url, part, progress, stop));
  auto const sum = Sha256(part);
  auto const kept = downloads / (id + ".sha256");  // trust on first use
  auto const expected = entry->sha256.empty() ? ReadText(kept) : entry->sha256;
  if (!expected.empty() && expected != sum) {
    fs::remove(part, error);
    return Fail(ErrorCode::kInvalid, "engine.checksum", {{"id", id}});
  }
  std::ofstream(kept, std::ios::trunc) << sum;
  fs::create_directories(folder, error);
  bool const packed = name.ends_with(".tar.bz2") || name.ends_with(".tar.gz") || name.ends_with(".zip");
  if (packed) {
    BOLE_TRY(Unpack(part, folder));
  } else {
    fs::copy_file(part, folder / name, fs::copy_options::overwrite_existing, error);
  }
  if (auto const& extra = entry->extra_url; !extra.empty()) {
    auto const file = folder / extra.substr(extra.rfind('/') + 1);
    BOLE_TRY(Download(extra, file, progress, stop));
  }
  auto card = entry->card;
  card.dir = folder.string();
  for (auto const& [role, file] : card.files)
    if (!fs::exists(folder / file, error)) return Fail(ErrorCode::kInvalid, "engine.archive", {{"file", file}});
  BOLE_TRY(registry.Add(card));
  fs::remove(part, error);
  return card;
}

Result<ModelCheck> CheckInstalledModel(ModelRegistry const& registry, std::string const& id) {
  auto const card = registry.Find(id);
  if (!card) return NotFound("model");
  ModelCheck out;
  auto const start = std::chrono::steady_clock::now();
  auto const loaded = [&] {
    out.load_ms = Milliseconds(start);
    return std::chrono::steady_clock::now();
  };
  if (card->purpose == "punctuation") {
    BOLE_ASSIGN(auto engine, LoadPunctuator(*card));
    auto const run = loaded();
    std::vector<SpokenWord> words;
    for (char const* text : {"你", "好", "吗"}) words.push_back({{text, 0, 1, 1}, ""});
    engine->Mark(words);
    out.run_ms = Milliseconds(run);
  } else if (card->purpose == "synthesis") {
    BOLE_ASSIGN(auto engine, LoadSherpaSynthesiser(*card));
    auto const run = loaded();
    BOLE_TRY(engine->Synthesise(card->languages.empty() || card->languages[0] == "zh" ? "你好" : "hello", "en"));
    out.run_ms = Milliseconds(run);
  } else {
    BOLE_ASSIGN(auto engine, LoadSherpaRecogniser(*card));
    auto const run = loaded();
    std::vector<float> tone(16000);
    for (std::size_t i = 0; i < tone.size(); ++i)
      tone[i] = static_cast<float>(0.2 * std::sin(2 * std::numbers::pi * 220 * static_cast<double>(i) / 16000));
    BOLE_TRY(engine->Recognise(0, tone, "", {}));
    out.run_ms = Milliseconds(run);
  }
  return out;
}

}  // namespace bole::media
