#pragma once
#include "modules/privacy/certificates.hpp"
#include "modules/privacy/texts.hpp"

namespace bole::privacy {

// The register of consents and what follows from withdrawing one. Thread-safe.
class Consents {
 public:
  Consents(Subjects& subjects, Texts& texts, Certificates& certificates)
      : subjects_(subjects), texts_(texts), certificates_(certificates) {}

  Result<Page<ConsentView>> List(Principal const& who, store::Filter const& filter);
  // By staff on the person's behalf.
  Result<> Withdraw(Principal const& who, WithdrawConsent const& input);
  // By the person himself, who names the interview unless he came by its link. kNotFound interview of others.
  Result<> WithdrawMine(Principal const& who, privacy::WithdrawMine const& input);
  std::vector<MyConsent> Mine(db::Tx& tx, std::vector<std::string> const& interview_ids);

  // Job bodies; idempotent.
  Result<> Mirror(std::string const& interview_id);  // what an interview was given, into the register
  Result<> CarryOut(std::string const& consent_id);  // erases what a withdrawn consent had allowed, or finds it held
  void CarryOutLocked(db::Tx& tx, std::string const& person_id);  // a hold ended

 private:
  ConsentView View(db::Tx& tx, store::ConsentRow const& row);
  Result<> Record(db::Tx& tx, Principal const& who, Subject const& subject, std::string const& interview_id,
                  std::string const& consent, Channel channel);

  Subjects& subjects_;
  Texts& texts_;
  Certificates& certificates_;
};

inline constexpr char const* kMirrorJob = "privacy.mirror_consents";
inline constexpr char const* kCarryOutJob = "privacy.carry_out";

}  // namespace bole::privacy
