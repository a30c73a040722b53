// Everything between the bytes of a connection and the head of the answer: parsing, framing, routing, queries, JSON
// bodies, ranges. The first byte says in what pieces the bytes arrive; that must change nothing.
#include "base/text.hpp"
#include "platform/http/dispatcher.hpp"
#include "platform/http/message.hpp"
#include "platform/http/wire.hpp"
#include "tests/fuzz/require.hpp"

namespace bole::http {
namespace fuzzed {

struct Wish {
  std::string name;
  std::optional<std::int64_t> count;
  std::vector<std::string> tags;
  bool loud = false;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (name, count, tags, loud))

}  // namespace fuzzed

namespace {

using fuzz::Require;
using fuzzed::Wish;

constexpr std::size_t kHeaderLimit = 2048;
constexpr std::size_t kMaxBody = 1024;

// The same loop as Connection's, over memory. Empty: the message is not complete.
std::optional<Error> Parse(Parser& parser, std::string_view bytes, std::size_t piece, bool& complete) {
  parser.header_limit(kHeaderLimit);
  parser.body_limit(kMaxBody);
  std::string buffer;
  complete = false;
  for (;;) {
    boost::system::error_code error;
    auto const used = buffer.empty() ? 0 : parser.put(boost::asio::buffer(buffer), error);
    buffer.erase(0, used);
    if (error && error != boost::beast::http::error::need_more) return ParseError(error);
    if (parser.is_header_done())
      if (auto problem = FramingProblem(parser)) return problem;
    if (parser.is_done()) return complete = true, std::nullopt;
    if (used > 0 && !error) continue;
    if (bytes.empty()) return std::nullopt;
    auto const next = bytes.substr(0, piece);
    buffer += next;
    bytes.remove_prefix(next.size());
  }
}

class World {
 public:
  World() {
    routes_.Get<Wish, Wish>("/wishes", {.permission = "public"},
                            [](Request const&, Wish const& in) { return Result<Wish>(in); });
    routes_.Get<Wish>("/wishes/{id}", {.permission = "public"}, [](Request const& request) {
      Require(!request.Param("id").empty(), "a parameter is not empty");
      return Result<Wish>(Wish{.name = request.Param("id")});
    });
    routes_.Post<Wish, Wish>("/wishes", {.permission = "public", .max_body = kMaxBody},
                             [](Request const&, Wish const& in) { return Result<Wish>(in); });
    routes_.Delete<NoContent>("/wishes/{id}/tags/{tag}", {.permission = "public"},
                              [](Request const&) { return Result<>(); });
    routes_.Raw(Method::kGet, "/files/{path*}", {.permission = "public"}, {},
                [](Request const& request) -> Result<Response> {
                  auto const read = [](std::uint64_t offset, std::size_t max) -> Result<std::string> {
                    Require(offset < kFile.size() && max <= kFile.size() - offset, "a range lies in the file");
                    return std::string(kFile.substr(offset, max));
                  };
                  return ServeRange(request, MakeSource(kFile.size(), read), "text/plain", "v1")
                      .Attachment(request.Param("path"));
                });
    context_.logs.error = [](std::string const&, std::string const&, std::string const& what) {
      Require(false, what.c_str());
    };
    dispatcher_ = std::make_unique<Dispatcher>(context_, RateLimits{});
  }

  void Answer(Parser const& parser) {
    Request request;
    request.remote_address = "127.0.0.1";
    request.request_id = "r";
    FillHead(parser, request);
    TrustProxies({"127.0.0.1", "10.0.0.1"}, request);
    request.body = parser.get().body();
    Require(request.body.size() <= kMaxBody, "a body within its limit");
    auto const plan = dispatcher_->Prepare(request, TargetOf(parser));
    if (!plan) return CheckHead(dispatcher_->Refuse(request, plan.error()).response);
    Require(IsValidUtf8(request.path) && request.path.find('\0') == std::string::npos, "a path is text");
    for (auto const& [name, value] : request.query) Require(IsValidUtf8(name) && IsValidUtf8(value), "a query is text");
    auto const outcome = dispatcher_->Handle(request, *plan);
    Require(outcome.response.status < 500, "no request makes the server fail");
    CheckHead(outcome.response);
    if (auto const* stream = std::get_if<StreamBody>(&outcome.response.body)) {
      auto const piece = stream->source->Read(stream->offset, stream->length.value_or(0));
      Require(piece.has_value() && piece->size() == stream->length, "the promised length is sent");
    }
  }

 private:
  static constexpr std::string_view kFile = "ten bytes.";

  static void CheckHead(Response const& response) {
    auto const head = SerializeHead(response, {});
    auto const end = head.find("\r\n\r\n");
    Require(end != std::string::npos && end + 4 == head.size(), "one empty line ends the head");
    for (std::size_t at = 0; at < head.size(); ++at)
      Require(head[at] != '\n' || (at > 0 && head[at - 1] == '\r'), "no line break comes from outside");
  }

  Routes routes_;
  i18n::Messages messages_ = *i18n::Messages::Load(BOLE_LOCALES);
  metrics::Registry metrics_;
  SystemClock clock_;
  Readiness readiness_;
  ServerContext context_{routes_, messages_, metrics_, clock_, readiness_};
  std::unique_ptr<Dispatcher> dispatcher_;
};

void Check(std::string_view bytes, std::size_t piece) {
  static World world;
  Parser whole, pieces;
  bool complete = false, complete_in_pieces = false;
  auto const problem = Parse(whole, bytes, bytes.size(), complete);
  auto const problem_in_pieces = Parse(pieces, bytes, piece, complete_in_pieces);
  if (problem || problem_in_pieces) {
    Require(!complete || !complete_in_pieces, "a refused message is not complete");
    return;
  }
  Require(complete == complete_in_pieces, "the pieces in which bytes arrive change nothing");
  if (!complete) return;
  Require(whole.get().target() == pieces.get().target() && whole.get().body() == pieces.get().body(),
          "the pieces in which bytes arrive change nothing");
  world.Answer(whole);
}

}  // namespace
}  // namespace bole::http

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 2) return 0;
  bole::http::Check(bole::fuzz::Text(data + 1, size - 1), 1U + data[0] % 64U);
  return 0;
}
