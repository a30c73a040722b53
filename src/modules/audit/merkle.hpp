#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "platform/crypto/digest.hpp"

// The Merkle tree of RFC 9162 §2.1, kept as tiles: tile (level, position) holds up to 256 hashes, each of a complete
// subtree over 256^level leaves. Pure; not thread-safe.
namespace bole::audit {

using Hash = crypto::Digest32;
using Hashes = std::vector<Hash>;
inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr int kTileHeight = 8;  // log2(kTileWidth)

class TreeHasher {
 public:
  explicit TreeHasher(crypto::DigestAlgorithm algorithm) : digest_(algorithm) {}
  [[nodiscard]] Hash Leaf(std::string_view record);              // H(0x00 || record)
  [[nodiscard]] Hash Node(Hash const& left, Hash const& right);  // H(0x01 || left || right)
  [[nodiscard]] Hash Empty() { return digest_.Hash({}); }        // the root over no leaf

 private:
  crypto::Digester digest_;
};

// A tile that should be there is missing or too short: the tree was damaged.
struct BrokenTree : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Hashes of a tile; empty when there is none.
using LoadTile = std::function<Hashes(int level, std::uint64_t position)>;

// Reads roots and proofs for any size up to the number of leaves in the tiles. Keeps the tiles it loaded.
class TileTree {
 public:
  TileTree(TreeHasher& hasher, LoadTile load) : hasher_(hasher), load_(std::move(load)) {}
  [[nodiscard]] Hash Leaf(std::uint64_t index) { return Subtree(0, index); }
  [[nodiscard]] Hash Root(std::uint64_t size);
  [[nodiscard]] Hashes Inclusion(std::uint64_t index, std::uint64_t size);  // §2.1.3.1; index < size
  [[nodiscard]] Hashes Consistency(std::uint64_t from, std::uint64_t to);   // §2.1.4.1; 0 < from <= to
  // The hash over 2^height leaves, the index-th such group.
  [[nodiscard]] Hash Subtree(int height, std::uint64_t index);

 private:
  Hash Range(std::uint64_t begin, std::uint64_t end);
  void InclusionIn(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Hashes& out);
  void ConsistencyIn(std::uint64_t from, std::uint64_t begin, std::uint64_t end, bool whole, Hashes& out);

  TreeHasher& hasher_;
  LoadTile load_;
  std::map<std::pair<int, std::uint64_t>, Hashes> tiles_;
};

// The right edge of a growing tree.
class Frontier {
 public:
  struct Tile {
    int level = 0;
    std::uint64_t position = 0;
    Hashes hashes;
  };
  // An empty tree, or one of `size` leaves whose last tiles `load` gives.
  explicit Frontier(TreeHasher& hasher) : hasher_(hasher) {}
  Frontier(TreeHasher& hasher, std::uint64_t size, LoadTile const& load);

  void Append(Hash leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash Root();
  // Tiles that grew since the last call, the unfinished ones at last.
  [[nodiscard]] std::vector<Tile> TakeChanged();

 private:
  TreeHasher& hasher_;
  std::uint64_t size_ = 0;
  std::vector<std::pair<int, Hash>> stack_;  // complete subtrees from left to right: height, hash
  std::vector<Tile> edge_;                   // the unfinished tile of each level
  std::vector<Tile> full_;
  std::vector<bool> changed_;  // of each level of edge_
};

// §2.1.3.2 and §2.1.4.2: whether the proof leads from leaf to root, or from one root to the other.
[[nodiscard]] bool VerifyInclusion(TreeHasher& hasher, std::uint64_t index, std::uint64_t size, Hash const& leaf,
                                   Hashes const& path, Hash const& root);
[[nodiscard]] bool VerifyConsistency(TreeHasher& hasher, std::uint64_t from, std::uint64_t to, Hash const& from_root,
                                     Hashes const& path, Hash const& to_root);

}  // namespace bole::audit
