#include "modules/assessment/lexicon.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

#include "base/text.hpp"

namespace bole::assessment {
namespace {

using enum Cue;
constexpr auto kCues = std::to_array<CuePhrase>({
    // situation
    {situation, "当时"},
    {situation, "有一次"},
    {situation, "去年"},
    {situation, "今年"},
    {situation, "那时候"},
    {situation, "之前"},
    {situation, "以前"},
    {situation, "背景是"},
    {situation, "上个月"},
    {situation, "如果"},
    {situation, "at that time"},
    {situation, "last year"},
    {situation, "last month"},
    {situation, "once"},
    {situation, "when i"},
    {situation, "in my last"},
    {situation, "the situation"},
    {situation, "suppose"},
    {situation, "if"},
    // task
    {task, "负责"},
    {task, "目标"},
    {task, "任务"},
    {task, "要求"},
    {task, "需要"},
    {task, "问题是"},
    {task, "为了"},
    {task, "responsible for"},
    {task, "in charge of"},
    {task, "my task"},
    {task, "my role"},
    {task, "goal"},
    {task, "we needed"},
    {task, "had to"},
    {task, "the problem"},
    {task, "in order to"},
    // action
    {action, "我会"},
    {action, "我先"},
    {action, "然后"},
    {action, "接着"},
    {action, "我主动"},
    {action, "马上"},
    {action, "联系"},
    {action, "同时"},
    {action, "i would"},
    {action, "i started"},
    {action, "i made"},
    {action, "i decided"},
    {action, "i built"},
    {action, "i wrote"},
    {action, "then i"},
    {action, "next"},
    {action, "i designed"},
    {action, "we rolled"},
    {action, "i start"},
    // result
    {result, "结果"},
    {result, "最终"},
    {result, "最后"},
    {result, "提高"},
    {result, "降到"},
    {result, "减少"},
    {result, "增长"},
    {result, "成功"},
    {result, "顺利"},
    {result, "从那以后"},
    {result, "避免"},
    {result, "少了"},
    {result, "as a result"},
    {result, "in the end"},
    {result, "finally"},
    {result, "increased"},
    {result, "reduced"},
    {result, "improved"},
    {result, "so that"},
    {result, "saved"},
    {result, "since then"},
    // order of thought
    {order, "首先"},
    {order, "其次"},
    {order, "第一"},
    {order, "第二"},
    {order, "第三"},
    {order, "第四"},
    {order, "第一步"},
    {order, "第二步"},
    {order, "另外"},
    {order, "此外"},
    {order, "先"},
    {order, "再"},
    {order, "first"},
    {order, "second"},
    {order, "third"},
    {order, "after that"},
    {order, "then"},
    {order, "also"},
    {order, "in addition"},
    {order, "before"},
    // contrast
    {contrast, "但是"},
    {contrast, "但"},
    {contrast, "不过"},
    {contrast, "而是"},
    {contrast, "虽然"},
    {contrast, "即使"},
    {contrast, "否则"},
    {contrast, "but"},
    {contrast, "however"},
    {contrast, "although"},
    {contrast, "instead"},
    {contrast, "otherwise"},
    {contrast, "even if"},
    {contrast, "rather than"},
    // cause
    {cause, "因为"},
    {cause, "所以"},
    {cause, "因此"},
    {cause, "由于"},
    {cause, "原因"},
    {cause, "这样"},
    {cause, "because"},
    {cause, "therefore"},
    {cause, "so that"},
    {cause, "that is why"},
    {cause, "since"},
    {cause, "as a result"},
    // example
    {example, "比如"},
    {example, "例如"},
    {example, "举例"},
    {example, "像"},
    {example, "for example"},
    {example, "for instance"},
    {example, "such as"},
    {example, "imagine"},
});

std::set<std::string, std::less<>> const& StopWords() {
  static std::set<std::string, std::less<>> const words = [] {
    std::set<std::string, std::less<>> out;
    for (auto const& word :
         Split("的 了 是 我 你 他 她 它 们 我们 你们 他们 在 和 与 也 都 就 还 会 要 把 被 让 给 对 "
               "到 从 上 下 中 里 个 这 那 这个 那个 这些 那些 一个 一下 一些 有 没有 不 很 太 更 "
               "吧 吗 呢 啊 嗯 呃 哦 呗 嘛 地 得 着 过 说 去 来 做 能 可以 可能 什么 怎么 自己 觉得 "
               "一 二 之 其 及 或 而 且 但 但是 如果 因为 所以 然后 就是 这样 那样 已经 还是 时候 "
               "a an the i you he she it we they me him her us them my your his its our their is are "
               "was were be been am do does did have has had will would can could should may might "
               "to of in on at by for with from as and or but so if that this these those there "
               "then than not no um uh er oh well just also too very much it's i'm what which who "
               "how when where about into out up down over again",
               ' '))
      if (!word.empty()) out.insert(word);
    return out;
  }();
  return words;
}

bool Latin(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '\'' || c == '-'; });
}
bool WordChar(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\''; }

}  // namespace

std::span<CuePhrase const> CuePhrases() { return kCues; }

bool IsStopWord(std::string_view word) { return StopWords().contains(word); }

std::string Stem(std::string_view word) {
  std::string out(word);
  if (!Latin(word)) return out;
  auto const strip = [&](std::string_view ending, std::string_view with, std::size_t least) {
    if (out.size() < ending.size() + least || !std::string_view(out).ends_with(ending)) return false;
    out.resize(out.size() - ending.size());
    out += with;
    return true;
  };
  strip("'s", "", 1);
  if (!strip("ies", "y", 2))
    strip("sses", "ss", 1) || (!out.ends_with("ss") && !out.ends_with("us") && strip("s", "", 3));
  bool const cut = strip("ing", "", 3) || strip("ied", "y", 2) || strip("ed", "", 3);
  if (cut && out.size() > 2 && out[out.size() - 1] == out[out.size() - 2] && out.back() != 's' && out.back() != 'l')
    out.pop_back();
  strip("ly", "", 3);
  if (out.size() > 4 && out.back() == 'e') out.pop_back();
  return out;
}

std::vector<std::string> ContentWords(std::vector<std::string> const& words) {
  std::vector<std::string> out;
  for (auto const& word : words)
    if (!IsStopWord(word) && (word.size() > 1)) out.push_back(Stem(word));
  return out;
}

bool AddressesTheScorer(std::string_view text) {
  // Ordinary answers speak of rules, prompts, systems and figures all the time, so each line needs who is told what: an
  // order to drop the scoring, a mark asked for, or a role given to the listener. Bytes of UTF-8: .{0,n} counts bytes.
  static std::regex const pattern(
      "\\b(ignore|disregard|forget|override|bypass)\\b.{0,20}\\b(rubric|scoring|grading|system prompt)"
      "|\\b(ignore|disregard|forget|override|bypass)\\b.{0,12}\\b(previous|prior|above|earlier|preceding)\\b.{0,12}"
      "(instruction|rule|prompt|criteria)"
      "|(^ ?|[,;:.!?] ?|\\b(please|you|should|must|just|and|now|then|simply) )(give|award|assign|grant|rate|score|mark)"
      "( (me|it|this|that|him|her|us|my|the)( (answer|candidate|response|applicant|one))?)?"
      " (a |an |the )?(10|ten|100|full|maximum|highest|perfect|top)( ?(points?|marks?|scores?|out of|/|%)| "
      "and\\b|[,.!]|$)"
      "|\\byou are (now )?(an? |the )?(ai\\b|grader|scorer|evaluator|scoring|language model)"
      "|system (prompt|message) ?:|\\bas an ai (language |model|assistant)|<\\|?(system|im_start)|\\[/?inst\\]"
      "|(忽略|无视|不要管|忘记|忘掉|跳过)(掉|所有|全部|一切|你的|这些|系统|之前|以上|上述|前面|的)*(评分|打分|指令|"
      "提示词|系统提示)"
      "|(忽略|无视|不要管|忘记|忘掉|跳过).{0,18}(之前|以上|上述|前面|先前).{0,36}(规则|标准|指令|提示)"
      "|(请|必须|应该|直接|务必|麻烦|帮忙|^)(你|您|系统|评委|考官)?(直接)?(给|打|评)(我|这个|该|本|这|他|她)?.{0,18}("
      "满分|最高分|高分|(10 ?分|十分)($|，|。|！|；|吧|,|\\.|!))"
      "|你(现在)?是.{0,12}(评分|打分|人工智能|语言模型|ai(助手|模型|，|。|$))|系统提示词?(：|:)",
      std::regex::ECMAScript | std::regex::optimize);
  auto const lower = AsciiLower(text);
  return std::regex_search(lower, pattern);
}

bool ContainsPhrase(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return false;
  bool const front = WordChar(phrase.front()), back = WordChar(phrase.back());
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    auto const end = at + phrase.size();
    bool const starts = !front || at == 0 || !WordChar(text[at - 1]);
    bool const ends = !back || end == text.size() || !WordChar(text[end]);
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace bole::assessment
