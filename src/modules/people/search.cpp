#include <algorithm>
#include <functional>

#include "modules/people/model.hpp"
#include "modules/people/search_parts.hpp"
#include "modules/people/store.hpp"

// How the candidate list finds its page. The page of ids is found on `candidate` alone, over an index whose order or
// small size bounds the work; then the page is joined with names. SQLite has no statistics at run time, so the choice
// is made here: a "+" before a column keeps it from using an index (PostgreSQL chooses by its own statistics).
namespace bole::people::store {
namespace {

// More name matches than this: walking from the newest candidate meets them often enough; fewer are fetched and sorted.
constexpr std::int64_t kNarrow = 10'000;
constexpr std::size_t kMaxMergedNodes = 64;
constexpr std::size_t kFewNodes = 4;
constexpr std::int64_t kNewest = 2000;  // rows that are walked before a wide scope is merged from its nodes

struct Sql {
  std::string text;
  db::Cells values;
  Sql& Add(std::string_view more, db::Cells cells = {}) {
    text += more;
    values.insert(values.end(), cells.begin(), cells.end());
    return *this;
  }
  Sql& Add(Sql const& other) { return Add(other.text, other.values); }
};

struct IdRow {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(IdRow, (), (id))

std::string Marks(std::size_t count) {
  std::string out = "(";
  for (std::size_t i = 0; i < count; ++i) out += i == 0 ? "?" : ", ?";
  return out + ")";
}

db::Cells ToCells(std::vector<std::string> const& ids) { return {ids.begin(), ids.end()}; }

class Search {
 public:
  Search(db::Tx& tx, Scope const& scope, CandidateFilter const& filter, Part part)
      : tx_(tx),
        filter_(filter),
        nodes_(std::move(part.nodes)),
        off_(tx.dialect() == db::Dialect::sqlite ? "+" : ""),
        reach_(part.reach),
        user_id_(scope.user_id()) {
    ChooseCustom();
  }

  std::vector<IdRow> Ids() {
    if (IsExact() || IsNarrowName()) return Run("people.search_narrow", Walk(Base(), off_ + "c.id"));
    if (!filter_.name_prefix.empty()) return Run("people.search_walk", Walk(Base(), "c.id"));
    if (narrow_) return Run("people.search_narrow", Walk(Base(), off_ + "c.id"));
    if (IsByNode()) {
      if (nodes_->size() > kFewNodes && filter_.tag.empty() && !lead_) {  // mostly found among the newest of all
        auto newest = Run("people.search_newest", Newest());
        if (std::ssize(newest) > filter_.limit) return newest;
      }
      return Run("people.search_merge", Merge());
    }
    return Run("people.search_walk", Walk(Base(), !filter_.tag.empty() ? "t.candidate_id"
                                                  : lead_              ? "t.record_id"
                                                                       : "c.id"));
  }

  struct Counted {
    std::int64_t rows = 0;
    bool exact = true;  // otherwise at least so many
  };
  Counted Count() {
    if (IsLedByRows() && IsTestedByRow()) return CountSome();
    if (!filter_.name_prefix.empty() && !IsExact() && !IsNarrowName()) {
      // A broad prefix: the covering index alone tells whether counting would stop anyway.
      Sql first{" FROM candidate c WHERE c.name_key >= ? AND c.name_key < ?", PrefixRange()};
      AddOthers(first, true);
      auto const some = CountOf(first);
      if (some > kCountLimit) return {some, false};
      narrow_name_ = true;
    }
    auto const rows = CountOf(Base());
    return {rows, rows <= kCountLimit};
  }

 private:
  // Custom fields: the rarest filter for one value leads by its index, in order; a rare range is fetched and sorted.
  // The others are tested row by row, which a frequent value meets often enough.
  void ChooseCustom() {
    bool const led = IsExact() || !filter_.name_prefix.empty() || !filter_.tag.empty();
    auto const& all = filter_.custom;
    std::size_t best = all.size();
    std::int64_t fewest = kNarrow + 1;
    for (std::size_t i = 0; i < all.size() && !led; ++i) {
      if (all.size() == 1 && all[i].exact()) {
        best = i;
        break;
      }
      auto key = fields::KeyCondition(all[i], "t");
      key.parameters.emplace_back(kNarrow + 1);
      auto const rows = tx_.Fetch({"people.probe_custom", "SELECT COUNT(*) FROM (SELECT 1 FROM field_value t WHERE " +
                                                              key.sql + " LIMIT ?) AS probed"},
                                  key.parameters, {db::Kind::integer});
      auto const count = std::get<std::int64_t>(rows[0][0]);
      if (count < fewest || (best == all.size() && all[i].exact())) best = i, fewest = count;
    }
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i != best) others_.push_back(all[i]);
    if (best == all.size()) return;
    (all[best].exact() ? lead_ : narrow_) = all[best];
  }

  void AddCustom(Sql& sql) const {
    for (auto const& filter : others_) {
      auto const condition = fields::ValueCondition(filter, "c.id");
      sql.Add(condition.sql, condition.parameters);
    }
  }

  std::int64_t CountOf(Sql const& base) {
    Sql counted{"SELECT COUNT(*) FROM (SELECT 1", {}};
    counted.Add(base).Add(" LIMIT ?) AS counted", {kCountLimit + 1});
    return std::get<std::int64_t>(tx_.Fetch({"people.count", counted.text}, counted.values, {db::Kind::integer})[0][0]);
  }

  // A tag or a value leads by an index of rows that are no candidates.
  [[nodiscard]] bool IsLedByRows() const {
    return !IsExact() && filter_.name_prefix.empty() && (!filter_.tag.empty() || lead_);
  }

  [[nodiscard]] bool IsTestedByRow() const {
    return filter_.source || !filter_.job_id.empty() || !others_.empty() || reach_ != Reach::subtree;
  }

  // The rows that lead, where they may be seen.
  [[nodiscard]] Sql LedRows() const {
    Sql out;
    if (!filter_.tag.empty()) {
      out.Add(" FROM candidate_tag t WHERE t.tag = ?", {filter_.tag});
    } else {
      auto const key = fields::KeyCondition(*lead_, "t");
      out.Add(" FROM field_value t WHERE " + key.sql, key.parameters);
    }
    return nodes_ ? out.Add(" AND t.org_id IN " + Marks(nodes_->size()), ToCells(*nodes_)) : out;
  }

  // Where the other conditions are met by few of many rows, testing them all would take as long as the pool is large.
  Counted CountSome() {
    Sql rows{!filter_.tag.empty() ? "SELECT t.candidate_id AS id" : "SELECT t.record_id AS id", {}};
    rows.Add(LedRows()).Add(" LIMIT ?", {filter_.examined});
    Sql all{" FROM (", {}};
    auto const examined = CountOf(all.Add(rows).Add(") AS led"));
    Sql met{" FROM (", {}};
    met.Add(rows).Add(") AS led CROSS JOIN candidate c WHERE c.id = led.id");
    AddOthers(met, true);
    return {CountOf(met), examined < filter_.examined};
  }

  [[nodiscard]] bool IsExact() const {
    return !filter_.phone_index.empty() || !filter_.email_index.empty() || !filter_.id_number_index.empty();
  }

  // One index leads per node, with its rows in order: (org_id, id), (org_id, source, id), (tag, org_id,
  // candidate_id) or (field_id, filter_key, org_id, record_id).
  [[nodiscard]] bool IsByNode() const {
    return reach_ == Reach::subtree && nodes_ && nodes_->size() <= kMaxMergedNodes && filter_.job_id.empty() &&
           ((filter_.tag.empty() && !lead_) || (!filter_.source && others_.empty()));
  }

  // [from, to) of a prefix of hex text: 'g' follows 'f'.
  [[nodiscard]] db::Cells PrefixRange() const {
    auto const key = NameKey(filter_.name_prefix);
    return {key, key + "g"};
  }

  bool IsNarrowName() {
    if (filter_.name_prefix.empty()) return false;
    if (!narrow_name_) {
      std::int64_t most = 0;
      for (auto const* column : {"name_key", "given_key"}) {
        auto values = PrefixRange();
        values.emplace_back(kNarrow + 1);
        auto const rows =
            tx_.Fetch({"people.probe_name", std::string("SELECT COUNT(*) FROM (SELECT 1 FROM candidate WHERE ") +
                                                column + " >= ? AND " + column + " < ? LIMIT ?) AS probed"},
                      values, {db::Kind::integer});
        most = std::max(most, std::get<std::int64_t>(rows[0][0]));
      }
      narrow_name_ = most <= kNarrow;
    }
    return *narrow_name_;
  }

  // " FROM … WHERE …" without order; the leading column is left to its index, the others are only tested.
  Sql Base() {
    Sql sql;
    bool led = true;
    if (IsExact()) {
      auto const [column, value] = !filter_.phone_index.empty() ? std::pair("phone_index", filter_.phone_index)
                                   : !filter_.email_index.empty()
                                       ? std::pair("email_index", filter_.email_index)
                                       : std::pair("id_number_index", filter_.id_number_index);
      sql.Add(std::string(" FROM candidate c WHERE c.person_id IN (SELECT id FROM person WHERE ") + column +
                  " = ? AND " + column + " <> '')",
              {value});
    } else if (IsNarrowName()) {
      // The node is tested inside, where the name's index holds it: no row is read for another branch's namesake.
      sql.Add(" FROM candidate c WHERE c.id IN (");
      for (auto const* column : {"name_key", "given_key"}) {
        auto const of = std::string(column);
        sql.Add(
            (of == "name_key" ? "" : " UNION ") + ("SELECT id FROM candidate WHERE " + of) + " >= ? AND " + of + " < ?",
            PrefixRange());
        if (nodes_) sql.Add(" AND " + off_ + "org_id IN " + Marks(nodes_->size()), ToCells(*nodes_));
      }
      sql.Add(")");
    } else if (!filter_.name_prefix.empty()) {
      sql.Add(" FROM candidate c WHERE (" + off_ + "c.name_key >= ? AND " + off_ + "c.name_key < ? OR " + off_ +
                  "c.given_key >= ? AND " + off_ + "c.given_key < ?)",
              PrefixRange());
      auto const again = PrefixRange();
      sql.values.insert(sql.values.end(), again.begin(), again.end());
    } else if (IsLedByRows() && IsByNode()) {
      return LedRows();
    } else if (!filter_.tag.empty()) {
      sql.Add(" FROM candidate_tag t CROSS JOIN candidate c WHERE c.id = t.candidate_id AND t.tag = ?", {filter_.tag});
    } else if (narrow_) {
      auto const key = fields::KeyCondition(*narrow_, "t");
      sql.Add(" FROM candidate c WHERE c.id IN (SELECT t.record_id FROM field_value t WHERE " + key.sql + ")",
              key.parameters);
    } else if (lead_) {
      auto const key = fields::KeyCondition(*lead_, "t");
      sql.Add(" FROM field_value t CROSS JOIN candidate c WHERE c.id = t.record_id AND " + key.sql, key.parameters);
    } else if (!filter_.job_id.empty()) {
      sql.Add(" FROM candidate c WHERE c.job_id = ?", {filter_.job_id});
    } else {
      sql.Add(" FROM candidate c WHERE 1 = 1");
      led = false;
    }
    AddOthers(sql, led);
    return sql;
  }

  // The conditions that do not lead.
  void AddOthers(Sql& sql, bool led) {
    bool const by_name = IsExact() || !filter_.name_prefix.empty();
    if (by_name && !filter_.tag.empty())
      sql.Add(" AND EXISTS (SELECT 1 FROM candidate_tag t WHERE t.tag = ? AND t.candidate_id = c.id)", {filter_.tag});
    if ((by_name || !filter_.tag.empty() || lead_ || narrow_) && !filter_.job_id.empty())
      sql.Add(" AND " + off_ + "c.job_id = ?", {filter_.job_id});
    bool const by_node = !led && IsByNode();
    if (filter_.source) sql.Add(" AND " + (led ? off_ : "") + "c.source = ?", {db::ToValue(*filter_.source)});
    AddCustom(sql);
    if (reach_ != Reach::subtree) {  // leads where nothing else does: few candidates are one's own
      auto const own = db::TeamCondition(reach_, user_id_, TeamOfCandidate((led ? off_ : "") + "c.id"));
      sql.Add(own.sql, own.parameters);
    }
    bool const tested = !IsExact() && IsNarrowName();
    if (nodes_ && !tested)
      sql.Add(" AND " + (by_node ? "" : off_) + "c.org_id IN " + Marks(nodes_->size()), ToCells(*nodes_));
  }

  Sql Walk(Sql sql, std::string const& order) {
    Sql out{"SELECT c.id", {}};
    out.Add(sql);
    if (!filter_.cursor.empty()) out.Add(" AND " + order + " < ?", {filter_.cursor});
    return out.Add(" ORDER BY " + order + " DESC LIMIT ?", {static_cast<std::int64_t>(filter_.limit + 1)});
  }

  // What the scope may see of the newest candidates of all.
  Sql Newest() {
    Sql out{"SELECT c.id FROM (SELECT id, org_id, source FROM candidate", {}};
    if (!filter_.cursor.empty()) out.Add(" WHERE id < ?", {filter_.cursor});
    out.Add(" ORDER BY id DESC LIMIT ?) AS c WHERE c.org_id IN " + Marks(nodes_->size()), {kNewest});
    auto const ids = ToCells(*nodes_);
    out.values.insert(out.values.end(), ids.begin(), ids.end());
    if (filter_.source) out.Add(" AND c.source = ?", {db::ToValue(*filter_.source)});
    AddCustom(out);
    return out.Add(" ORDER BY c.id DESC LIMIT ?", {static_cast<std::int64_t>(filter_.limit + 1)});
  }

  // The newest of each node, merged: as many rows as nodes times page, whatever the pool's size.
  Sql Merge() {
    Sql out{"SELECT id FROM (", {}};
    bool const tagged = !filter_.tag.empty();
    std::string const id = tagged ? "c.candidate_id" : lead_ ? "c.record_id" : "c.id";
    char const* table = tagged ? "candidate_tag" : lead_ ? "field_value" : "candidate";
    for (std::size_t i = 0; i < nodes_->size(); ++i) {
      out.Add(i == 0 ? "" : " UNION ALL ");
      out.Add("SELECT id FROM (SELECT " + id + " AS id FROM " + table + " c WHERE c.org_id = ?", {(*nodes_)[i]});
      if (tagged) out.Add(" AND c.tag = ?", {filter_.tag});
      if (lead_) {
        auto const key = fields::KeyCondition(*lead_, "c");
        out.Add(" AND " + key.sql, key.parameters);
      }
      AddCustom(out);
      if (filter_.source) out.Add(" AND c.source = ?", {db::ToValue(*filter_.source)});
      if (!filter_.cursor.empty()) out.Add(" AND " + id + " < ?", {filter_.cursor});
      out.Add(" ORDER BY " + id + " DESC LIMIT ?) AS node" + std::to_string(i),
              {static_cast<std::int64_t>(filter_.limit + 1)});
    }
    return out.Add(") AS merged ORDER BY id DESC LIMIT ?", {static_cast<std::int64_t>(filter_.limit + 1)});
  }

  std::vector<IdRow> Run(std::string_view name, Sql const& sql) {
    return tx_.SelectWith<IdRow>({name, sql.text}, sql.values);
  }

  db::Tx& tx_;
  CandidateFilter const& filter_;
  std::optional<std::vector<std::string>> nodes_;
  std::string off_;
  Reach reach_;
  std::string const& user_id_;
  std::optional<bool> narrow_name_;
  std::optional<fields::ValueFilter> lead_, narrow_;
  std::vector<fields::ValueFilter> others_;
};

// To find somebody by a value one may not see would tell the value: such a search looks only where it may be seen.
Scope Searchable(Scope const& scope, CandidateFilter const& filter) {
  if (!filter.phone_index.empty() || !filter.email_index.empty())
    return scope.Where(FieldClass::contact, FieldLevel::masked);
  if (!filter.id_number_index.empty()) return scope.Where(FieldClass::id_number, FieldLevel::masked);
  return scope;
}

}  // namespace

Page<CandidateView> Candidates(db::Tx& tx, Scope const& scope, CandidateFilter const& filter) {
  Page<CandidateView> out;
  std::vector<Search> searches;
  for (auto& part : Parts(tx, Searchable(scope, filter), filter.org_path))
    searches.emplace_back(tx, scope, filter, std::move(part));
  std::vector<std::string> ids;
  for (auto& search : searches)
    for (auto& row : search.Ids()) ids.push_back(std::move(row.id));
  if (searches.size() > 1) std::sort(ids.begin(), ids.end(), std::greater());
  if (ids.size() > static_cast<std::size_t>(filter.limit)) {
    ids.resize(static_cast<std::size_t>(filter.limit));
    out.next_cursor = ids.back();
  }
  auto const shown = std::ssize(ids);
  std::int64_t total = shown;
  out.total_exact = true;
  if (!filter.cursor.empty() || out.next_cursor) {
    total = 0;
    for (auto& search : searches) {
      auto const counted = search.Count();
      total += counted.rows;
      out.total_exact = out.total_exact && counted.exact;
    }
  }
  out.total_exact = out.total_exact && total <= kCountLimit;
  out.total = std::clamp(total, shown, kCountLimit);
  if (ids.empty()) return out;
  out.items = CandidatesOf(tx, scope, ids);
  std::sort(out.items.begin(), out.items.end(), [](auto const& a, auto const& b) { return a.id > b.id; });
  return out;
}

std::int64_t CountCandidatesBelow(db::Tx& tx, std::string const& org_path, Date /*on*/) {
  auto const condition = db::SubtreeCondition(org_path, "org_id");
  auto const rows = tx.Fetch({"people.count_below", "SELECT COUNT(*) FROM candidate WHERE 1 = 1" + condition.sql},
                             condition.parameters, {db::Kind::integer});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

std::int64_t CountCandidates(db::Tx& tx, Scope const& scope) {
  CandidateFilter const everyone;
  std::int64_t out = 0;
  for (auto& part : Parts(tx, scope, "")) out += Search(tx, scope, everyone, std::move(part)).Count().rows;
  return std::min(out, kCountLimit + 1);
}

}  // namespace bole::people::store
