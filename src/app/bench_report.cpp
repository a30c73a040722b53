#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include "app/bench.hpp"
#include "app/bench_http.hpp"
#include "app/bench_interviews.hpp"
#include "app/demo_data.hpp"
#include "app/spoken_recording.hpp"
#include "base/text.hpp"
#include "modules/interviews/views.hpp"

// From the last piece of an interview to its report, fed as fast as a person speaks.
namespace bole::app::bench {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAskEvery{20};
constexpr std::chrono::minutes kGiveUpAfter{15};

// How many letters of a script the synthesiser speaks in a second, pauses included; only the length depends on it.
double LettersPerSecond(std::string const& language) { return language == "zh" ? 4.0 : 13.0; }

// The demonstration's answers in one language, as one stream of text, so that every answer says something new.
Result<std::u32string> Script(std::filesystem::path const& resources, std::string const& language) {
  std::vector<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(resources / "content/demo/interviews"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::u32string out;
  for (auto const& file : files) {
    BOLE_ASSIGN(auto const interview, ReadDemoFile<DemoInterview>(file));
    if (interview.language != language) continue;
    for (auto const& answer : interview.answers) out += DecodeUtf8(answer.text + " ");
  }
  if (out.empty()) return NotFound("script");
  return out;
}

struct Recording {
  std::string bytes;
  double seconds = 0;
};

Result<std::vector<Recording>> Record(Modules& modules, std::filesystem::path const& resources,
                                      ReportOptions const& options) {
  BOLE_ASSIGN(auto const script, Script(resources, options.language));
  auto const length = static_cast<std::size_t>(options.seconds * LettersPerSecond(options.language));
  std::vector<Recording> out;
  for (int i = 0; i < options.answers; ++i) {
    std::u32string text;
    for (std::size_t k = 0; k < length; ++k) text += script[(static_cast<std::size_t>(i) * length + k) % script.size()];
    BOLE_ASSIGN(auto const spoken,
                Speak(*modules.engines, EncodeUtf8(text), options.language, static_cast<unsigned>(i)));
    out.push_back({{reinterpret_cast<char const*>(spoken.webm.data()), spoken.webm.size()}, spoken.seconds});
    std::cerr << "recorded answer " << i + 1 << ": " << spoken.seconds << " s\n";
  }
  return out;
}

// One second of recording a piece, `speed` times as fast as spoken. Returns when the last piece was acknowledged.
Result<steady_clock::time_point> Feed(Client& client, std::string const& answer_id, Recording const& recording,
                                      double speed) {
  auto const pieces = std::max<std::int64_t>(1, static_cast<std::int64_t>(recording.seconds));
  auto const size = static_cast<std::int64_t>(recording.bytes.size());
  auto const start = steady_clock::now();
  for (std::int64_t piece = 0; piece < pieces; ++piece) {
    // A recorder hands out a second when it is over.
    std::this_thread::sleep_until(start + std::chrono::duration_cast<steady_clock::duration>(
                                              std::chrono::duration<double>(double(piece + 1) / speed)));
    auto const from = piece * size / pieces, to = (piece + 1) * size / pieces;
    auto const answer =
        client.Ask("PUT", "/api/v1/candidate/answers/" + answer_id + "/parts/0/pieces/" + std::to_string(piece),
                   recording.bytes.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)),
                   "application/octet-stream");
    if (answer.status != 200)
      return Fail(ErrorCode::kInternal, "bench.unexpected",
                  {{"status", std::to_string(answer.status)}, {"body", answer.body}});
  }
  auto const acknowledged = steady_clock::now();
  interviews::FinishAnswer const finish{
      {{0, pieces}}, static_cast<std::int64_t>(recording.seconds * 1000), "candidate"};
  auto const closed = client.Ask("POST", "/api/v1/candidate/answers/" + answer_id + "/finish", ToJsonText(finish));
  if (closed.status != 200)
    return Fail(ErrorCode::kInternal, "bench.unexpected",
                {{"status", std::to_string(closed.status)}, {"body", closed.body}});
  return acknowledged;
}

Result<double> SecondsToReport(Client& staff, std::string const& interview_id, steady_clock::time_point since) {
  for (;;) {
    auto const now = steady_clock::now();
    auto const answer = staff.Get("/api/v1/interviews/" + interview_id);
    if (answer.body.find("\"state\":\"ready\"") != std::string::npos)
      return std::chrono::duration<double>(steady_clock::now() - since).count();
    if (now - since > kGiveUpAfter) return Fail(ErrorCode::kUnavailable, "bench.no_report");
    std::this_thread::sleep_until(now + kAskEvery);
  }
}

Result<json::object> Measure(ReportOptions const& options, std::string const& config_file) {
  BOLE_ASSIGN(auto const site, Site::Make(config_file));
  std::vector<ReadyCandidate> candidates;
  std::vector<Recording> recordings;
  std::unique_ptr<Platform> platform;
  std::string const locale = options.language == "zh" ? "zh-CN" : "en-US";
  {
    BOLE_ASSIGN(auto inside, site->Open());
    BOLE_ASSIGN(auto const plan, PublishPlan(inside, locale, options.answers, std::max(30, options.seconds)));
    BOLE_ASSIGN(candidates, MakeReady(inside, plan, locale, options.interviews));
    BOLE_ASSIGN(recordings, Record(*inside.modules, site->config().resource_dir, options));
    inside.modules.reset();
    platform = std::move(inside.platform);
  }
  BOLE_ASSIGN(auto const server, site->Serve());
  BOLE_ASSIGN(auto const cookie, SignIn(*platform, server.port, "hq.hr"));
  Client staff(server.port, {{"Cookie", cookie}});
  std::vector<double> seconds;
  double spoken = 0;
  for (auto const& recording : recordings) spoken += recording.seconds;
  auto const cpu_before = CpuSeconds(server.process->id());
  for (auto const& candidate : candidates) {
    Client client(server.port, {{"Cookie", candidate.cookie}, {"X-Bole-Client", "candidate"}});
    steady_clock::time_point last;
    for (std::size_t i = 0; i < recordings.size(); ++i) {
      BOLE_ASSIGN(auto const id, StartAnswerAs(server.port, candidate.cookie, "q" + std::to_string(i + 1)));
      BOLE_ASSIGN(last, Feed(client, id, recordings[i], options.speed));
    }
    BOLE_ASSIGN(auto const took, SecondsToReport(staff, candidate.interview_id, last));
    seconds.push_back(took);
    std::cerr << "report after " << took << " s\n";
  }
  auto const cpu = CpuSeconds(server.process->id()) - cpu_before;
  auto const report = staff.Get("/api/v1/interviews/" + candidates[0].interview_id + "/report").body;
  auto const engines = json::parse(report).as_object();
  return json::object{{"p50_s", Rounded(Percentile(seconds, 0.5))},
                      {"p95_s", Rounded(Percentile(seconds, 0.95))},
                      {"interviews", options.interviews},
                      {"answers", options.answers},
                      {"seconds_per_answer", Rounded(spoken / static_cast<double>(recordings.size()), 1)},
                      {"speed", options.speed},
                      {"language", options.language},
                      {"server_cpu_s_per_media_s", Rounded(cpu / (spoken * options.interviews), 3)},
                      {"engines", engines.at("engines")}};
}

}  // namespace

int RunReportLatency(ReportOptions const& options, std::string const& config_file) {
  auto figures = Measure(options, config_file);
  return figures ? Print("report-latency", *std::move(figures)) : PrintFailure(figures.error());
}

}  // namespace bole::app::bench
