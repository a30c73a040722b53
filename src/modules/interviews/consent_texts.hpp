#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/db/database.hpp"

namespace bole::interviews {

class Api;

// A consent as candidates are asked for it.
struct ConsentAsked {
  std::string key, version;
  bool required = true;
  std::string text_zh, text_en;
};
// Where the texts of consents come from.
class ConsentTexts {
 public:
  virtual ~ConsentTexts() = default;
  // What is asked for in the unit today, each kind once.
  virtual std::vector<ConsentAsked> InForce(db::Tx& tx, std::string const& org_id) = 0;
  // A version that somebody was asked for; nullopt when there never was one.
  virtual std::optional<ConsentAsked> Version(db::Tx& tx, std::string const& consent, std::string const& version) = 0;
};

// Before the first candidate comes.
void AskWith(Api& interviews, ConsentTexts& texts);

}  // namespace bole::interviews
