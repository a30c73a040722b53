#include "modules/fields/api.hpp"

namespace bole::fields {
namespace {

class Nothing final : public Api {
 public:
  void Offer(Entity) override {}
  Draft Check(db::Tx&, Scope const&, Record const&, std::optional<json::object> const& input, Writing,
              FieldErrors& errors) override {
    for (auto const& member : input.value_or(json::object{}))
      errors.push_back({PointerTo("/custom", member.key()), "unknown"});
    return {};
  }
  void Store(db::Tx&, Record const&, Draft const&) override {}
  json::object Values(db::Tx&, Scope const&, Record const&) override { return {}; }
  Result<json::object> Reveal(db::Tx&, Scope const&, Record const&) override { return json::object{}; }
  Result<std::vector<ValueFilter>> Filters(db::Tx&, Scope const&, std::string const&,
                                           std::map<std::string, std::string> const& query) override {
    FieldErrors errors;
    for (auto const& [key, text] : query) errors.push_back({PointerTo("", "custom." + key), "unknown"});
    if (!errors.empty()) return FailFields(std::move(errors));
    return std::vector<ValueFilter>{};
  }
  std::vector<Column> Columns(db::Tx&, Scope const&, std::string const&, std::string const&, i18n::Locale) override {
    return {};
  }
  std::map<std::string, std::vector<std::string>> Texts(db::Tx&, Scope const&, std::vector<Column> const&,
                                                        std::vector<std::string> const&, i18n::Locale) override {
    return {};
  }
  std::optional<json::value> Parse(Column const&, std::string const&, std::string const&, FieldErrors&) override {
    return std::nullopt;
  }
  json::value Snapshot(db::Tx&, std::string const&) override { return json::array{}; }
  bool Restore(db::Tx&, std::string const&, json::value const&) override { return true; }
  void Move(db::Tx&, std::vector<std::string> const&, std::string const&) override {}
  std::int64_t Forget(db::Tx&, std::vector<std::string> const&) override { return 0; }
};

}  // namespace

Api& None() {
  static Nothing nothing;
  return nothing;
}

}  // namespace bole::fields
