#include "media/speech/pinyin.hpp"

#include <libime/core/languagemodel.h>
#include <libime/core/lattice.h>
#include <libime/pinyin/pinyindecoder.h>
#include <libime/pinyin/pinyindictionary.h>
#include <libime/pinyin/pinyinencoder.h>

#include <exception>
#include <mutex>
#include <utility>

#include "base/text.hpp"

namespace bole::media {
namespace {

constexpr char const* kDictionary = "/usr/share/libime/sc.dict";
constexpr std::size_t kLongestPart = 40;  // syllables converted together

}  // namespace

struct PinyinReader::Impl {
  libime::PinyinDictionary dictionary;
  std::unique_ptr<libime::LanguageModel> model;
  std::unique_ptr<libime::PinyinDecoder> decoder;
  mutable std::mutex mutex;  // libime promises nothing about threads
};

PinyinReader::PinyinReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PinyinReader::~PinyinReader() = default;

Result<std::shared_ptr<PinyinReader>> PinyinReader::Load() {
  try {  // libime reports missing files by exceptions
    auto impl = std::make_unique<Impl>();
    impl->dictionary.load(libime::PinyinDictionary::SystemDict, kDictionary, libime::PinyinDictFormat::Binary);
    auto file = libime::DefaultLanguageModelResolver::instance().languageModelFileForLanguage("zh_CN");
    if (!file) return Fail(ErrorCode::kUnavailable, "engine.pinyin_missing");
    impl->model = std::make_unique<libime::LanguageModel>(std::move(file));
    impl->decoder = std::make_unique<libime::PinyinDecoder>(&impl->dictionary, impl->model.get());
    return std::shared_ptr<PinyinReader>(new PinyinReader(std::move(impl)));
  } catch (std::exception const&) {
    return Fail(ErrorCode::kUnavailable, "engine.pinyin_missing");
  }
}

bool PinyinReader::Convert(std::vector<std::string> const& syllables, std::size_t from, std::size_t count,
                           std::vector<std::string>& out) const {
  std::string typed;
  for (std::size_t i = from; i < from + count; ++i) typed += (i > from ? "'" : "") + syllables[i];
  libime::Lattice lattice;
  auto const graph = libime::PinyinEncoder::parseUserPinyin(typed, libime::PinyinFuzzyFlag::None);
  if (!impl_->decoder->decode(lattice, graph, 1, impl_->model->nullState()) || lattice.sentenceSize() == 0)
    return false;
  auto const characters = DecodeUtf8(lattice.sentence(0).toString());
  if (characters.size() != count) return false;
  for (auto c : characters) out.push_back(EncodeUtf8({&c, 1}));
  return true;
}

std::vector<std::string> PinyinReader::Read(std::vector<std::string> const& syllables) const {
  std::lock_guard lock(impl_->mutex);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < syllables.size(); at += kLongestPart) {
    auto const count = std::min(kLongestPart, syllables.size() - at);
    if (Convert(syllables, at, count, out)) continue;
    for (std::size_t i = at; i < at + count; ++i)
      if (!Convert(syllables, i, 1, out)) out.push_back(syllables[i]);
  }
  return out;
}

}  // namespace bole::media
