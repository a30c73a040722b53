#pragma once
#include "modules/audit/heads.hpp"

// Checks a whole log, record by record, from nothing but records, heads and public keys.
namespace bole::audit {

enum class ProblemKind {
  record_edited,      // its bytes do not give the leaf hash
  record_moved,       // its bytes belong to another leaf
  record_missing,     // a leaf without record
  record_added,       // a record that no leaf belongs to
  record_backdated,   // older than a head that was signed before it came
  tile_wrong,         // an inner hash of the tree is not what its leaves give
  head_signature,     // not signed by its key
  head_key,           // signed by a key that is unknown, not trusted or not ours
  head_root,          // its root is not the root over its records
  head_beyond,        // it covers more records than there are
  concerned_changed,  // whom an act on many concerned is not what its record says
  anchor_differs,     // a head outside of the database says something else
  file_broken         // the export is cut or not readable
};
BOOST_DESCRIBE_ENUM(ProblemKind, record_edited, record_moved, record_missing, record_added, record_backdated,
                    tile_wrong, head_signature, head_key, head_root, head_beyond, concerned_changed, anchor_differs,
                    file_broken)

struct Problem {
  ProblemKind kind = ProblemKind::record_edited;
  std::optional<std::int64_t> index;  // of the record; of a head: its size
  std::string record_id;
  std::string what;  // a head's or a key's id, a line of a file
};
BOOST_DESCRIBE_STRUCT(Problem, (), (kind, index, record_id, what))

struct Findings {
  std::int64_t records = 0, heads = 0;
  std::int64_t waiting = 0;  // records of a database that no round has taken yet; counted up to 10,001
  std::int64_t problems_total = 0;
  std::vector<Problem> problems;  // the first ones, those of records in order of their index
};
BOOST_DESCRIBE_STRUCT(Findings, (), (records, heads, waiting, problems_total, problems))

// What a log says about itself.
struct Claims {
  std::string log_id, suite;
  std::int64_t size = 0;                      // records that should be there
  std::map<std::string, std::string> keys{};  // id → public key
  std::vector<store::HeadRow> heads{};        // in any order
  std::vector<store::HeadRow> anchors{};      // kept outside
  std::vector<std::string> trusted{};         // key ids that may sign; empty: every key in `keys`
};

// Feed it with the leaves in order, then Finish. Not thread-safe.
class Verifier {
 public:
  // `claims.suite` must be known.
  explicit Verifier(Claims claims);
  // The next leaf: what the tree says it is (absent: it does not say), and the record that was found for it.
  void Leaf(std::optional<Hash> const& stored, RecordRow const* record);
  void Skip(std::int64_t to);                       // leaves nobody knows anything about, up to this index
  void Extra(RecordRow const& record);              // a record outside of the tree's order
  void Signed(store::HeadRow const& head);          // a head alone: only its signature is checked
  void Proven(RecordRow const& record, bool good);  // a record with a proof of its own, out of a part of a log
  void Add(Problem problem);
  // Tiles that the leaves so far give, for comparison with stored ones.
  [[nodiscard]] std::vector<Frontier::Tile> TakeTiles() { return frontier_.TakeChanged(); }
  [[nodiscard]] TreeHasher& hasher() { return hasher_; }
  [[nodiscard]] std::int64_t next() const { return next_; }
  [[nodiscard]] Findings Finish();

 private:
  void CheckHeadsHere();
  void CheckHead(store::HeadRow const& head, bool anchor);
  void CheckSigner(store::HeadRow const& head, bool anchor);

  Claims claims_;
  TreeHasher hasher_;
  Frontier frontier_{hasher_};
  std::int64_t next_ = 0;
  bool whole_ = true;                                                   // no leaf unknown so far: roots can be computed
  std::multimap<std::int64_t, std::pair<store::HeadRow, bool>> heads_;  // by size; anchor or not
  Instant newest_head_at_{};
  std::map<Hash, std::size_t> edited_;  // hash of the found bytes → place in problems
  std::vector<Hash> expected_;          // leaf hashes whose record has other bytes
  Findings findings_;
};

}  // namespace bole::audit
