#include "modules/audit/merkle.hpp"

#include <bit>

namespace bole::audit {
namespace {

constexpr std::uint8_t kLeafPrefix[] = {0};
constexpr std::uint8_t kNodePrefix[] = {1};

// The largest power of two smaller than n; n > 1.
std::uint64_t Split(std::uint64_t n) { return std::bit_floor(n - 1); }

// The root over hashes of equal height; their number is a power of two.
Hash Fold(TreeHasher& hasher, Hashes hashes) {
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2))
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) hashes[i] = hasher.Node(hashes[2 * i], hashes[2 * i + 1]);
  return hashes.front();
}

}  // namespace

Hash TreeHasher::Leaf(std::string_view record) { return digest_.Hash({kLeafPrefix, crypto::AsBytes(record)}); }
Hash TreeHasher::Node(Hash const& left, Hash const& right) { return digest_.Hash({kNodePrefix, left, right}); }

Hash TileTree::Subtree(int height, std::uint64_t index) {
  int const level = height / kTileHeight;
  std::uint64_t const count = std::uint64_t{1} << (height % kTileHeight);
  std::uint64_t const first = index * count;
  std::pair const key{level, first / kTileWidth};
  auto found = tiles_.find(key);
  if (found == tiles_.end()) found = tiles_.emplace(key, load_(key.first, key.second)).first;
  auto const offset = first % kTileWidth;
  if (found->second.size() < offset + count) throw BrokenTree("a tile of the evidence log is missing or too short");
  auto const begin = found->second.begin() + static_cast<std::ptrdiff_t>(offset);
  return Fold(hasher_, Hashes(begin, begin + static_cast<std::ptrdiff_t>(count)));
}

Hash TileTree::Range(std::uint64_t begin, std::uint64_t end) {
  auto const n = end - begin;
  if (std::has_single_bit(n)) return Subtree(std::countr_zero(n), begin / n);
  auto const k = Split(n);
  auto const left = Range(begin, begin + k);
  return hasher_.Node(left, Range(begin + k, end));
}

Hash TileTree::Root(std::uint64_t size) { return size == 0 ? hasher_.Empty() : Range(0, size); }

Hashes TileTree::Inclusion(std::uint64_t index, std::uint64_t size) {
  Hashes out;
  InclusionIn(index, 0, size, out);
  return out;
}

void TileTree::InclusionIn(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Hashes& out) {
  if (end - begin == 1) return;
  auto const middle = begin + Split(end - begin);
  if (index < middle) {
    InclusionIn(index, begin, middle, out);
    out.push_back(Range(middle, end));
  } else {
    InclusionIn(index, middle, end, out);
    out.push_back(Range(begin, middle));
  }
}

Hashes TileTree::Consistency(std::uint64_t from, std::uint64_t to) {
  Hashes out;
  ConsistencyIn(from, 0, to, true, out);
  return out;
}

// SUBPROOF of the RFC; `from` counts from the start of the tree.
void TileTree::ConsistencyIn(std::uint64_t from, std::uint64_t begin, std::uint64_t end, bool whole, Hashes& out) {
  if (from == end) {
    if (!whole) out.push_back(Range(begin, end));
    return;
  }
  auto const middle = begin + Split(end - begin);
  if (from <= middle) {
    ConsistencyIn(from, begin, middle, whole, out);
    out.push_back(Range(middle, end));
  } else {
    ConsistencyIn(from, middle, end, false, out);
    out.push_back(Range(begin, middle));
  }
}

Frontier::Frontier(TreeHasher& hasher, std::uint64_t size, LoadTile const& load) : hasher_(hasher), size_(size) {
  for (int level = 0; (size >> (level * kTileHeight)) > 0; ++level) {
    auto const hashes = size >> (level * kTileHeight);
    Tile tile{level, hashes / kTileWidth, {}};
    if (hashes % kTileWidth > 0) {
      tile.hashes = load(level, tile.position);
      if (tile.hashes.size() < hashes % kTileWidth)
        throw BrokenTree("the last tiles of the evidence log are missing or too short");
      tile.hashes.resize(hashes % kTileWidth);
    }
    edge_.push_back(std::move(tile));
    changed_.push_back(false);
  }
  // The complete subtrees of the binary digits of size, largest first; all of them lie in the unfinished tiles.
  TileTree tree(hasher, [&](int level, std::uint64_t) { return edge_.at(static_cast<std::size_t>(level)).hashes; });
  std::uint64_t begin = 0;
  for (int height = 63; height >= 0; --height) {
    if ((size >> height & 1U) == 0) continue;
    stack_.emplace_back(height, tree.Subtree(height, begin >> height));
    begin += std::uint64_t{1} << height;
  }
}

void Frontier::Append(Hash leaf) {
  Hash hash = leaf;
  for (int height = 0;; ++height) {
    if (height % kTileHeight == 0) {
      auto const level = static_cast<std::size_t>(height / kTileHeight);
      if (edge_.size() == level) {
        edge_.push_back({static_cast<int>(level), 0, {}});
        changed_.push_back(false);
      }
      auto& tile = edge_[level];
      tile.hashes.push_back(hash);
      changed_[level] = true;
      if (tile.hashes.size() == kTileWidth) {
        auto const next = tile.position + 1;
        full_.push_back(std::exchange(tile, Tile{static_cast<int>(level), next, {}}));
        changed_[level] = false;
      }
    }
    if (stack_.empty() || stack_.back().first != height) {
      stack_.emplace_back(height, hash);
      break;
    }
    hash = hasher_.Node(stack_.back().second, hash);
    stack_.pop_back();
  }
  ++size_;
}

Hash Frontier::Root() {
  if (stack_.empty()) return hasher_.Empty();
  Hash root = stack_.back().second;
  for (std::size_t i = stack_.size() - 1; i-- > 0;) root = hasher_.Node(stack_[i].second, root);
  return root;
}

std::vector<Frontier::Tile> Frontier::TakeChanged() {
  auto out = std::exchange(full_, {});
  for (std::size_t level = 0; level < edge_.size(); ++level) {
    if (changed_[level]) out.push_back(edge_[level]);
    changed_[level] = false;
  }
  return out;
}

bool VerifyInclusion(TreeHasher& hasher, std::uint64_t index, std::uint64_t size, Hash const& leaf, Hashes const& path,
                     Hash const& root) {
  if (index >= size) return false;
  auto fn = index, sn = size - 1;
  Hash r = leaf;
  for (auto const& p : path) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      r = hasher.Node(p, r);
      while ((fn & 1U) == 0 && fn != 0) fn >>= 1U, sn >>= 1U;
    } else {
      r = hasher.Node(r, p);
    }
    fn >>= 1U, sn >>= 1U;
  }
  return sn == 0 && r == root;
}

bool VerifyConsistency(TreeHasher& hasher, std::uint64_t from, std::uint64_t to, Hash const& from_root,
                       Hashes const& path, Hash const& to_root) {
  if (from == 0 || from > to) return false;
  if (from == to) return path.empty() && from_root == to_root;
  Hashes steps = path;
  if (std::has_single_bit(from)) steps.insert(steps.begin(), from_root);
  if (steps.empty()) return false;
  auto fn = from - 1, sn = to - 1;
  while ((fn & 1U) != 0) fn >>= 1U, sn >>= 1U;
  Hash fr = steps.front(), sr = steps.front();
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      fr = hasher.Node(steps[i], fr);
      sr = hasher.Node(steps[i], sr);
      while ((fn & 1U) == 0 && fn != 0) fn >>= 1U, sn >>= 1U;
    } else {
      sr = hasher.Node(sr, steps[i]);
    }
    fn >>= 1U, sn >>= 1U;
  }
  return sn == 0 && fr == from_root && sr == to_root;
}

}  // namespace bole::audit
