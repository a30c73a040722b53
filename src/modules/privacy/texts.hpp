#pragma once
#include "modules/interviews/consent_texts.hpp"
#include "modules/privacy/catalogue.hpp"
#include "modules/privacy/subjects.hpp"

namespace bole::privacy {

// The texts of consents: shipped ones, and those that units publish for themselves and what is below them. Versions are
// added, never changed. The nearest text above a unit holds there, unless a unit further up has locked its own.
// Thread-safe.
class Texts final : public interviews::ConsentTexts {
 public:
  Texts(Subjects& subjects, Catalogue kinds) : subjects_(subjects), catalogue_(std::move(kinds)) {}

  std::vector<interviews::ConsentAsked> InForce(db::Tx& tx, std::string const& org_id) override;
  std::optional<interviews::ConsentAsked> Version(db::Tx& tx, std::string const& consent,
                                                  std::string const& version) override;

  // The version that is asked for in the unit today; empty: there is no such kind.
  std::string VersionInForce(db::Tx& tx, std::string const& consent, std::string const& org_id);
  // The very text of a version; nullopt when there never was one.
  std::optional<ConsentText> Find(db::Tx& tx, std::string const& consent, std::string const& version);
  [[nodiscard]] Catalogue const& catalogue() const { return catalogue_; }

  Result<Items<ConsentTextsView>> List(Principal const& who, std::string const& org_id);
  // kConflict privacy.text_locked names the unit above that allows no other text.
  Result<ConsentTextsView> Publish(Principal const& who, PublishConsentText const& input);

 private:
  struct Holding {
    ConsentText text;
    std::string locked_by_name;
  };
  // What holds in the unit of that path at that time.
  Holding At(db::Tx& tx, ConsentKind const& kind, std::string_view org_path, Instant at);
  ConsentText Today(db::Tx& tx, ConsentKind const& kind, std::string const& org_id);
  ConsentTextsView View(db::Tx& tx, Principal const& who, ConsentKind const& kind, org::OrgNodeView const& node);
  ConsentText ViewOf(db::Tx& tx, store::TextRow const& row);

  Subjects& subjects_;
  Catalogue const catalogue_;
};

}  // namespace bole::privacy
