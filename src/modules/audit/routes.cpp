#include "platform/http/routes.hpp"
#include "modules/audit/service.hpp"

namespace bole::audit {
namespace {

using http::Request;
using http::Response;

constexpr char const* kPermission = "audit.read";
constexpr char const* kJsonLines = "application/jsonl";

// Pieces of an export as they are asked for; a piece is longer than one reading wants.
http::ReadPiece Pieces(std::shared_ptr<ExportStream> stream) {
  return [stream = std::move(stream), rest = std::make_shared<std::string>()](std::uint64_t,
                                                                              std::size_t max) -> Result<std::string> {
    if (rest->empty()) {
      BOLE_ASSIGN(*rest, stream->Next());
    }
    auto out = rest->substr(0, max);
    rest->erase(0, out.size());
    return out;
  };
}

}  // namespace

void RegisterRoutes(http::Routes& routes, Service& service) {
  routes.Get<AuditStatus>("/audit",
                          {.permission = kPermission, .tag = "audit", .summary = "The evidence log as a whole"},
                          [&](Request const&) { return service.Status(); });
  routes.Get<RecordQuery, Page<AuditRecordView>>(
      "/audit/records", {.permission = kPermission, .tag = "audit", .summary = "What was done, by whom, to what"},
      [&](Request const& r, RecordQuery const& q) { return service.Records(r.who(), q); });
  routes.Get<AuditRecordDetail>("/audit/records/{id}",
                                {.permission = kPermission,
                                 .tag = "audit",
                                 .summary = "One record with the proof that the newest signed head covers it"},
                                [&](Request const& r) { return service.Record(r.who(), r.Param("id")); });
  routes.Get<HeadQuery, Page<AuditHeadView>>(
      "/audit/heads", {.permission = kPermission, .tag = "audit", .summary = "Signed tree heads"},
      [&](Request const&, HeadQuery const& q) { return service.Heads(q); });
  routes.Get<ConsistencyQuery, AuditConsistencyView>(
      "/audit/consistency",
      {.permission = kPermission,
       .tag = "audit",
       .summary = "Proof that the log of one head, named by its size, is the beginning of the log of another"},
      [&](Request const&, ConsistencyQuery const& q) { return service.Consistency(q); });
  routes.Get<Items<AuditKeyView>>(
      "/audit/keys", {.permission = kPermission, .tag = "audit", .summary = "Public keys of the signed heads"},
      [&](Request const&) { return service.Keys(); });
  routes.Raw<RecordQuery>(
      http::Method::kGet, "/audit/export.jsonl",
      {.permission = kPermission,
       .tag = "audit",
       .summary = "Records, heads and keys for `bole audit verify`; needs the header X-Bole-Purpose (audited)"},
      {{}, {kJsonLines}}, [&](Request const& r, RecordQuery const& q) -> Result<Response> {
        BOLE_ASSIGN(auto const purpose, PurposeOf(r));
        BOLE_ASSIGN(auto stream, service.Export(r.who(), q, purpose));
        Response out;
        out.content_type = kJsonLines;
        out.body = http::StreamBody{http::MakeSource(std::nullopt, Pieces(std::move(stream)))};
        out.Attachment("audit-log.jsonl");
        return out;
      });
}

}  // namespace bole::audit
