#pragma once
#include "modules/privacy/subjects.hpp"
#include "platform/i18n/locale.hpp"

namespace bole::privacy {

// What a certificate says besides time, number and hash. No personal data of the person erased.
struct Erased {
  std::string why;      // request | withdrawal | retention (a whole run) | retention_person
  std::string basis;    // the ground, or the day of the run
  std::string subject;  // hash of the person's id; empty: many persons
  std::string proposed_by{}, approved_by{};
  DataCounts counts{};
  std::map<std::string, std::int64_t> policies{};  // of retention: days by kind of policy
};

// Certificates of erasure: numbered, hashed, sealed with the installation's key, each naming the hash of the one
// before. Thread-safe.
class Certificates {
 public:
  explicit Certificates(Subjects& subjects) : subjects_(subjects) {}

  // In the transaction of the erasure. Two at once meet at the number: one of them is tried again.
  std::string Issue(db::Tx& tx, std::string const& org_id, Erased const& erased);
  Result<Page<CertificateView>> List(Principal const& who, store::Filter const& filter);
  Result<CertificateView> Get(Principal const& who, std::string const& id);
  Result<std::string> Pdf(Principal const& who, std::string const& id, i18n::Locale locale);

 private:
  CertificateView View(db::Tx& tx, store::CertificateRow const& row);

  Subjects& subjects_;
};

}  // namespace bole::privacy
