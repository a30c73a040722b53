#pragma once
#include "modules/privacy/consents.hpp"
#include "modules/privacy/exports.hpp"
#include "modules/privacy/requests.hpp"

namespace bole::privacy {

// Legal holds, and the erasure of a person: proposed by one, approved by another, done by a job, proved by a
// certificate. Thread-safe.
class Erasures {
 public:
  Erasures(Subjects& subjects, Certificates& certificates, Consents& consents, Requests& requests, Exports& exports)
      : subjects_(subjects), certificates_(certificates), consents_(consents), requests_(requests), exports_(exports) {}

  Result<Page<HoldView>> Holds(Principal const& who, store::Filter const& filter);
  Result<HoldView> Place(Principal const& who, CreateHold const& input);
  Result<HoldView> Release(Principal const& who, std::string const& id);

  Result<Page<ErasureView>> List(Principal const& who, store::Filter const& filter);
  Result<ErasureView> Propose(Principal const& who, ProposeErasure const& input);
  Result<ErasureView> Approve(Principal const& who, std::string const& id, DecideErasure const& input);
  Result<ErasureView> Reject(Principal const& who, std::string const& id, DecideErasure const& input);

  Result<> CarryOut(std::string const& erasure_id);  // job body; idempotent

  // Removes everything about a person: blobs, then in one transaction the rows and what `also` writes with the counts.
  // kConflict privacy.on_hold.
  Result<> ErasePerson(PersonRef const& ref,
                       std::function<Result<>(db::Tx&, Subject const&, DataCounts const&)> const& also);

 private:
  HoldView View(db::Tx& tx, Principal const& who, store::HoldRow const& row);
  bool MayRelease(db::Tx& tx, Principal const& who, store::HoldRow const& row);
  ErasureView View(db::Tx& tx, Principal const& who, store::ErasureRow const& row);
  Result<ErasureView> Decide(Principal const& who, std::string const& id, DecideErasure const& input,
                             ErasureState state);

  Subjects& subjects_;
  Certificates& certificates_;
  Consents& consents_;
  Requests& requests_;
  Exports& exports_;
};

inline constexpr char const* kEraseJob = "privacy.erase";

}  // namespace bole::privacy
