#include "modules/privacy/certificates.hpp"

#include "platform/crypto/cipher.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/documents/pdf_writer.hpp"
#include "platform/i18n/messages.hpp"

namespace bole::privacy {
namespace {

constexpr char const* kSeal = "erasure_certificate.hash";

std::string Text(json::object const& document, char const* key) {
  auto const* value = document.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::string Certificates::Issue(db::Tx& tx, std::string const& org_id, Erased const& erased) {
  auto const now = subjects_.context.clock.Now();
  store::CertificateRow row;
  row.id = NewUlid(now), row.org_id = org_id, row.at = now;
  row.number = store::LastCertificate(tx) + 1;
  auto const before = store::CertificateNumber(tx, row.number - 1);
  json::object document{{"number", row.number},
                        {"erased_at", FormatInstant(now)},
                        {"organisation", subjects_.OrgName(tx, org_id)},
                        {"why", erased.why},
                        {"basis", erased.basis},
                        {"subject", erased.subject},
                        {"proposed_by", erased.proposed_by},
                        {"approved_by", erased.approved_by},
                        {"erased", WriteJson(erased.counts)},
                        {"previous", before ? before->hash : ""}};
  if (!erased.policies.empty()) document["policies"] = WriteJson(erased.policies);
  row.document = ToText(document);
  row.hash = crypto::Sha256Hex(row.document);
  row.seal = subjects_.context.fields.BlindIndex(row.hash, kSeal);
  tx.Insert("erasure_certificate", row);
  return row.id;
}

CertificateView Certificates::View(db::Tx& tx, store::CertificateRow const& row) {
  CertificateView out;
  out.id = row.id, out.number = row.number, out.hash = row.hash, out.at = row.at;
  auto const parsed = ParseJson(row.document);
  if (parsed && parsed->is_object()) out.document = parsed->as_object();
  out.intact = crypto::Sha256Hex(row.document) == row.hash &&
               crypto::ConstantTimeEqual(subjects_.context.fields.BlindIndex(row.hash, kSeal), row.seal);
  auto const before = store::CertificateNumber(tx, row.number - 1);
  out.chained = Text(out.document, "previous") == (before ? before->hash : "") && (before || row.number == 1);
  return out;
}

Result<Page<CertificateView>> Certificates::List(Principal const& who, store::Filter const& filter) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<Page<CertificateView>> {
    return db::MapPage<CertificateView>(store::Certificates(tx, Scope(who, "privacy.read"), filter),
                                        [&](auto const& row) { return View(tx, row); });
  });
}

Result<CertificateView> Certificates::Get(Principal const& who, std::string const& id) {
  return subjects_.context.database.Read([&](db::Tx& tx) -> Result<CertificateView> {
    auto const row = store::Certificate(tx, Scope(who, "privacy.read"), id);
    if (!row) return NotFound("certificate");
    return View(tx, *row);
  });
}

Result<std::string> Certificates::Pdf(Principal const& who, std::string const& id, i18n::Locale locale) {
  BOLE_ASSIGN(auto const view, Get(who, id));
  auto const& messages = subjects_.context.messages;
  auto const say = [&](std::string const& key, i18n::Params const& params = {}) {
    return messages.Text(locale, "privacy.certificate." + key, params);
  };
  auto const title = say("title");
  documents::PdfWriter pdf({.title = title,
                            .language = std::string(i18n::LocaleName(locale)),
                            .created = view.at,
                            .header_left = title,
                            .header_right = say("number", {{"number", std::to_string(view.number)}})});
  pdf.Title(title, say("lead"));
  auto const why = Text(view.document, "why");
  pdf.KeyValues({{say("field.number"), std::to_string(view.number)},
                 {say("field.erased_at"), FormatInstant(view.at)},
                 {say("field.organisation"), Text(view.document, "organisation")},
                 {say("field.why"), messages.Text(locale, "privacy.why." + why)},
                 {say("field.basis"), Text(view.document, "basis")},
                 {say("field.proposed_by"), Text(view.document, "proposed_by")},
                 {say("field.approved_by"), Text(view.document, "approved_by")}});
  pdf.Heading(2, say("what"));
  documents::PdfTable table{{{say("kind"), 3}, {say("count"), 1, documents::PdfColumn::Align::kRight}}, {}, true};
  if (auto const* counts = view.document.if_contains("erased"); counts && counts->is_object())
    for (auto const& [what, count] : counts->get_object())
      table.rows.push_back({{messages.Text(locale, "privacy.erased." + std::string(what))},
                            {std::to_string(count.to_number<std::int64_t>())}});
  pdf.Table(table);
  if (auto const* policies = view.document.if_contains("policies"); policies && policies->is_object()) {
    pdf.Heading(2, say("policies"));
    std::vector<documents::PdfPair> rows;
    for (auto const& [kind, kept] : policies->get_object())
      rows.push_back({messages.Text(locale, "privacy.policy." + std::string(kind)),
                      say("days", {{"days", std::to_string(kept.to_number<std::int64_t>())}})});
    pdf.KeyValues(rows);
  }
  pdf.Heading(2, say("proof"));
  pdf.Paragraph(say("proof_text"));
  pdf.KeyValues({{say("field.subject"), Text(view.document, "subject")},
                 {say("field.hash"), view.hash},
                 {say("field.previous"), Text(view.document, "previous")}},
                1);
  pdf.Notice(view.intact && view.chained ? say("intact") : say("broken"),
             view.intact && view.chained ? documents::palette::kGood : documents::palette::kBad);
  return pdf.Finish();
}

}  // namespace bole::privacy
