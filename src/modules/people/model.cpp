#include "modules/people/model.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/crypto/encoding.hpp"

namespace bole::people {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool AllDigits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit); }

// Full-width letters and digits as typed with a Chinese input method become ASCII.
std::string Narrow(std::string_view text) {
  auto points = DecodeUtf8(text);
  for (auto& c : points) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000 || c == 0xA0) c = ' ';
  }
  return std::string(Trim(EncodeUtf8(points)));
}

bool IsMobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

}  // namespace

std::optional<std::string> NormalisePhone(std::string_view text) {
  std::string digits;
  auto const narrow = Narrow(text);
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    char const c = narrow[i];
    if (IsDigit(c) || (c == '+' && digits.empty()))
      digits.push_back(c);
    else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.')
      return std::nullopt;
  }
  if (digits.starts_with("00")) digits = "+" + digits.substr(2);
  if (IsMobile(digits)) return "+86" + digits;
  if (digits.starts_with("86") && IsMobile(std::string_view(digits).substr(2))) return "+" + digits;
  if (digits.starts_with("0") && digits.size() >= 10 && digits.size() <= 12) return "+86" + digits.substr(1);
  if (!digits.starts_with("+") || digits.size() < 9 || digits.size() > 16 || digits[1] == '0') return std::nullopt;
  if (digits.starts_with("+861") && digits.size() >= 13 && !IsMobile(std::string_view(digits).substr(3)) &&
      !digits.starts_with("+8610"))
    return std::nullopt;
  return digits;
}

std::optional<std::string> NormaliseEmail(std::string_view text) {
  auto const email = AsciiLower(Narrow(text));
  auto const at = email.find('@');
  if (at == std::string::npos || at == 0 || at > 64 || email.size() > 254) return std::nullopt;
  auto const domain = std::string_view(email).substr(at + 1);
  auto const bad = [](unsigned char c) {
    return c <= ' ' || c >= 0x7F ||
           std::string_view("\"(),:;<>[]\\@").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (std::any_of(email.begin(), email.begin() + static_cast<std::ptrdiff_t>(at), bad)) return std::nullopt;
  if (std::any_of(domain.begin(), domain.end(), bad)) return std::nullopt;
  if (domain.find('.') == std::string_view::npos || domain.starts_with('.') || domain.ends_with('.') ||
      domain.find("..") != std::string_view::npos)
    return std::nullopt;
  return email;
}

std::optional<IdNumber> ParseIdNumber(std::string_view text, Date const& today) {
  auto number = Narrow(text);
  std::erase(number, ' ');
  if (number.size() == 18 && number[17] == 'x') number[17] = 'X';
  if (number.size() != 18 || !AllDigits(std::string_view(number).substr(0, 17))) return std::nullopt;
  if (number[17] != 'X' && !IsDigit(number[17])) return std::nullopt;
  // ISO 7064 MOD 11-2: the weights 2^(17-i) mod 11, the check characters for the remainders 0..10.
  static constexpr int kWeights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += (number[i] - '0') * kWeights[i];
  if ("10X98765432"[sum % 11] != number[17]) return std::nullopt;
  auto const date = ParseDate(number.substr(6, 4) + "-" + number.substr(10, 2) + "-" + number.substr(12, 2));
  if (!date || *date > today || static_cast<int>(date->value.year()) < 1900 || number[0] == '0') return std::nullopt;
  return IdNumber{number, *date, (number[16] - '0') % 2 == 0 ? "female" : "male"};
}

std::string MaskIdNumber(std::string_view number) {
  if (number.size() < 8) return number.empty() ? "" : "****";
  return std::string(number.substr(0, 3)) + std::string(number.size() - 7, '*') +
         std::string(number.substr(number.size() - 4));
}

std::string NameKey(std::string_view name) { return crypto::HexEncode(crypto::AsBytes(AsciiLower(Trim(name)))); }

std::string GivenKey(std::string_view name) {
  auto const points = DecodeUtf8(Trim(name));
  auto const space = points.find_last_of(U' ');
  std::size_t skip = space == std::u32string::npos ? 0 : space + 1;
  if (skip == 0) skip = !points.empty() && points[0] > 0x7F ? 1 : points.size();
  return NameKey(EncodeUtf8(std::u32string_view(points).substr(skip)));
}

PersonFacts CheckFacts(PersonFacts raw, Date const& today, FieldErrors& errors) {
  raw.name = std::string(Trim(raw.name));
  if (raw.name.empty()) errors.push_back({"/name", "required"});
  if (CountCodePoints(raw.name) > 80) errors.push_back({"/name", "too_long", {{"max", "80"}}});
  if (HasControlCharacters(raw.name) || !IsValidUtf8(raw.name)) errors.push_back({"/name", "bad_characters"});
  if (!raw.gender.empty() && raw.gender != "female" && raw.gender != "male" && raw.gender != "other")
    errors.push_back({"/gender", "not_allowed"});
  if (raw.birth_date && (*raw.birth_date > today || static_cast<int>(raw.birth_date->value.year()) < 1900))
    errors.push_back({"/birth_date", "bad_birth_date"});
  if (auto const text = Trim(raw.phone); !text.empty()) {
    if (auto const phone = NormalisePhone(text))
      raw.phone = *phone;
    else
      errors.push_back({"/phone", "bad_phone"});
  } else {
    raw.phone.clear();
  }
  if (auto const text = Trim(raw.email); !text.empty()) {
    if (auto const email = NormaliseEmail(text))
      raw.email = *email;
    else
      errors.push_back({"/email", "bad_email"});
  } else {
    raw.email.clear();
  }
  if (Trim(raw.id_number).empty()) {
    raw.id_number.clear();
    return raw;
  }
  auto const id = ParseIdNumber(raw.id_number, today);
  if (!id) {
    errors.push_back({"/id_number", "bad_id_number"});
    return raw;
  }
  raw.id_number = id->number;
  if (raw.birth_date && *raw.birth_date != id->birth_date) errors.push_back({"/birth_date", "id_birth_mismatch"});
  if (!raw.gender.empty() && raw.gender != "other" && raw.gender != id->gender)
    errors.push_back({"/gender", "id_gender_mismatch"});
  if (!raw.birth_date) raw.birth_date = id->birth_date;
  if (raw.gender.empty()) raw.gender = id->gender;
  return raw;
}

PersonFacts Changed(PersonFacts facts, PersonChange const& change) {
  auto const assign = [](std::string& target, std::optional<std::string> const& value) {
    if (value) target = *value;
  };
  bool const other_id = change.id_number && !facts.id_number.empty() && Trim(*change.id_number) != facts.id_number;
  if (other_id && !change.birth_date) facts.birth_date.reset();
  if (other_id && !change.gender) facts.gender.clear();
  assign(facts.name, change.name), assign(facts.gender, change.gender);
  if (change.birth_date) facts.birth_date = change.birth_date;
  assign(facts.phone, change.phone), assign(facts.email, change.email), assign(facts.id_number, change.id_number);
  return facts;
}

void RefuseHidden(Scope const& scope, std::string const& org_path, PersonChange const& change, FieldErrors& errors) {
  if (scope.Level(FieldClass::contact, org_path) == FieldLevel::hidden) {
    if (change.phone) errors.push_back({"/phone", "field_hidden"});
    if (change.email) errors.push_back({"/email", "field_hidden"});
  }
  if (change.id_number && scope.Level(FieldClass::id_number, org_path) == FieldLevel::hidden)
    errors.push_back({"/id_number", "field_hidden"});
}

std::vector<std::string> Differences(PersonFacts const& before, PersonFacts const& after) {
  std::vector<std::string> out;
  auto const note = [&](bool differs, char const* name) {
    if (differs) out.emplace_back(name);
  };
  note(before.name != after.name, "name"), note(before.gender != after.gender, "gender");
  note(before.birth_date != after.birth_date, "birth_date"), note(before.phone != after.phone, "phone");
  note(before.email != after.email, "email"), note(before.id_number != after.id_number, "id_number");
  return out;
}

SearchKey SearchKeyOf(std::string const& text, Date const& today) {
  std::string const q(Trim(text));
  if (auto const id = ParseIdNumber(q, today)) return {SearchKey::Kind::id_number, id->number};
  if (auto const phone = NormalisePhone(q)) return {SearchKey::Kind::phone, *phone};
  if (auto const email = NormaliseEmail(q)) return {SearchKey::Kind::email, *email};
  return {SearchKey::Kind::name, q};
}

std::vector<std::string> CheckTags(std::vector<std::string> const& tags, FieldErrors& errors) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::string const tag(Trim(tags[i]));
    auto const at = "/tags/" + std::to_string(i);
    if (CountCodePoints(tag) > 40) errors.push_back({at, "too_long", {{"max", "40"}}});
    if (!tag.empty() && std::find(out.begin(), out.end(), tag) == out.end()) out.push_back(tag);
  }
  return out;
}

Date Today(Instant now) {
  return {std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now + std::chrono::hours(8)))};
}

}  // namespace bole::people
