#include "modules/assessment/feature_keys.hpp"

#include <algorithm>
#include <array>

namespace bole::assessment {
namespace {

using enum FeatureKind;
constexpr auto kFeatures = std::to_array<FeatureInfo>({
    {kRubricCoverage, "要点覆盖", "Key points covered", "", content},
    {kReferenceMatch, "与参考答案的接近程度", "Closeness to the reference answer", "", content},
    {"structure", "结构完整（情境-任务-行动-结果）", "Structure (situation, task, action, result)", "parts", content},
    {"connectives", "逻辑连接", "Connectives", "kinds", content},
    {"specificity", "具体性（数字、时间、例子）", "Specificity (figures, dates, examples)", "items", content},
    {"domain_terms", "专业用语", "Domain terms", "terms", content},
    {"vocabulary", "词汇丰富度", "Vocabulary", "words", content},
    {"answer_length", "回答长度", "Length of the answer", "words", content},
    {"time_used", "用时比例", "Share of the time used", "", delivery},
    {"speech_rate", "语速", "Speech rate", "per minute", pace},
    {"fillers", "口头语频率", "Fillers", "per minute", pace},
    {"pause_ratio", "停顿占比", "Share of pauses", "", delivery},
    {"longest_pause", "最长停顿", "Longest pause", "s", delivery},
    {"pitch_variation", "音调变化", "Pitch variation", "semitones", delivery},
    {"energy_variation", "音量变化", "Loudness variation", "dB", delivery},
    {"smile", "微笑占比", "Share of smiling", "", picture},
    {"head_steadiness", "头部转动", "Head movement", "degrees", picture},
});

}  // namespace

std::span<FeatureInfo const> AllFeatures() { return kFeatures; }

FeatureInfo const* FindFeature(std::string_view key) {
  auto const found = std::find_if(kFeatures.begin(), kFeatures.end(), [&](auto const& f) { return f.key == key; });
  return found == kFeatures.end() ? nullptr : &*found;
}

}  // namespace bole::assessment
