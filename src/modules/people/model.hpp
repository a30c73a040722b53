#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "modules/notify/api.hpp"
#include "modules/people/persons.hpp"
#include "modules/people/views.hpp"

// Pure rules of people: numbers, masks, names. No I/O.
namespace bole::people {

// E.164 ("+8613812345678"). Mainland mobiles and land lines may come without country code; spaces, dashes and
// brackets are dropped, full-width digits read. nullopt: no phone number.
[[nodiscard]] std::optional<std::string> NormalisePhone(std::string_view text);
[[nodiscard]] std::optional<std::string> NormaliseEmail(std::string_view text);  // trimmed, lower case

// A resident identity number (GB 11643-1999): 17 digits and a check character by ISO 7064 MOD 11-2.
struct IdNumber {
  std::string number;  // 18 characters, X in upper case
  Date birth_date{};
  std::string gender;  // female | male: the 17th digit is even | odd
};
[[nodiscard]] std::optional<IdNumber> ParseIdNumber(std::string_view text, Date const& today);

using notify::MaskEmail;
using notify::MaskPhone;
[[nodiscard]] std::string MaskIdNumber(std::string_view number);  // 110***********1234

// Hex of the UTF-8 lower-case (ASCII) name: sorts and matches by prefix under any collation.
[[nodiscard]] std::string NameKey(std::string_view name);
// The same of what follows the first character (CJK) or word: finds people by given or last name.
[[nodiscard]] std::string GivenKey(std::string_view name);

// Adds a FieldError per broken member. Gender and birth date are taken from the ID number where they are missing.
[[nodiscard]] PersonFacts CheckFacts(PersonFacts raw, Date const& today, FieldErrors& errors);
// `facts` with a change, before they are checked. What the former ID number said goes with it.
[[nodiscard]] PersonFacts Changed(PersonFacts facts, PersonChange const& change);

// What a text in a search box is, in normal form.
struct SearchKey {
  enum class Kind { name, phone, email, id_number };
  Kind kind = Kind::name;
  std::string value;
};
[[nodiscard]] SearchKey SearchKeyOf(std::string const& text, Date const& today);
// Trims, drops empty and repeated tags; errors at /tags/<n>.
std::vector<std::string> CheckTags(std::vector<std::string> const& tags, FieldErrors& errors);
[[nodiscard]] Date Today(Instant now);  // in China, where ID numbers come from

}  // namespace bole::people
