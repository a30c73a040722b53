#include "modules/audit/merkle.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "modules/audit/record.hpp"

namespace bole::audit {
namespace {

std::string Hex(Hash const& hash) { return crypto::HexEncode(hash); }

// MTH of RFC 9162 §2.1.1, word for word: the oracle.
Hash Mth(TreeHasher& hasher, Hashes const& leaves) {
  if (leaves.empty()) return hasher.Empty();
  if (leaves.size() == 1) return leaves[0];
  auto const k = static_cast<std::ptrdiff_t>(std::bit_floor(leaves.size() - 1));
  return hasher.Node(Mth(hasher, {leaves.begin(), leaves.begin() + k}),
                     Mth(hasher, {leaves.begin() + k, leaves.end()}));
}

struct Grown {
  std::map<std::pair<int, std::uint64_t>, Hashes> tiles;
  Hashes leaves;
  LoadTile Load() const {
    return [this](int level, std::uint64_t position) {
      auto const found = tiles.find({level, position});
      return found == tiles.end() ? Hashes() : found->second;
    };
  }
};

class MerkleTest : public testing::Test {
 protected:
  // Grows to `size` leaves in steps, with a new frontier from the tiles before each step.
  Grown Grow(std::uint64_t size, std::uint64_t step) {
    Grown out;
    for (std::uint64_t begin = 0; begin < size; begin += step) {
      Frontier frontier(hasher, begin, out.Load());
      for (auto i = begin; i < std::min(size, begin + step); ++i) {
        out.leaves.push_back(hasher.Leaf("record " + std::to_string(i)));
        frontier.Append(out.leaves.back());
      }
      for (auto const& tile : frontier.TakeChanged()) out.tiles[{tile.level, tile.position}] = tile.hashes;
    }
    return out;
  }
  TreeHasher hasher{crypto::DigestAlgorithm::kSha256};
};

// The test leaves of Certificate Transparency (RFC 6962 has the same hashes).
TEST_F(MerkleTest, KnownRoots) {
  std::vector<std::string> const leaves{"",
                                        std::string(1, '\0'),
                                        "\x10",
                                        "\x20\x21",
                                        "\x30\x31",
                                        "\x40\x41\x42\x43",
                                        "\x50\x51\x52\x53\x54\x55\x56\x57",
                                        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  std::vector<std::string> const roots{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                       "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                       "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                       "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                       "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                       "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier(hasher);
  EXPECT_EQ(Hex(frontier.Root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    frontier.Append(hasher.Leaf(leaves[i]));
    EXPECT_EQ(Hex(frontier.Root()), roots[i]) << i + 1;
  }
}

TEST_F(MerkleTest, RootsAreThoseOfTheDefinitionAtEverySize) {
  auto const grown = Grow(700, 53);
  TileTree tree(hasher, grown.Load());
  Frontier frontier(hasher);
  for (std::uint64_t size = 0; size <= 700; ++size) {
    auto const expected = Mth(hasher, {grown.leaves.begin(), grown.leaves.begin() + static_cast<std::ptrdiff_t>(size)});
    ASSERT_EQ(tree.Root(size), expected) << size;
    ASSERT_EQ(frontier.Root(), expected) << size;
    ASSERT_EQ(Frontier(hasher, size, grown.Load()).Root(), expected) << size;
    if (size < 700) frontier.Append(grown.leaves[size]);
  }
}

TEST_F(MerkleTest, EveryInclusionProofHoldsAndNoOther) {
  auto const grown = Grow(600, 599);
  TileTree tree(hasher, grown.Load());
  for (std::uint64_t const size : {1U, 2U, 3U, 255U, 256U, 257U, 511U, 512U, 513U, 600U}) {
    auto const root = tree.Root(size);
    for (std::uint64_t index = 0; index < size; index += 1 + index % 7) {
      auto path = tree.Inclusion(index, size);
      ASSERT_TRUE(VerifyInclusion(hasher, index, size, grown.leaves[index], path, root)) << index << " of " << size;
      EXPECT_FALSE(VerifyInclusion(hasher, index, size, grown.leaves[(index + 1) % 600], path, root));
      EXPECT_FALSE(VerifyInclusion(hasher, size, size, grown.leaves[index], path, root));
      if (path.empty()) continue;
      EXPECT_FALSE(VerifyInclusion(hasher, index ^ 1U, size, grown.leaves[index], path, root));
      path[path.size() / 2][0] ^= 1U;
      EXPECT_FALSE(VerifyInclusion(hasher, index, size, grown.leaves[index], path, root));
      path.pop_back();
      EXPECT_FALSE(VerifyInclusion(hasher, index, size, grown.leaves[index], path, root));
    }
  }
}

TEST_F(MerkleTest, EveryConsistencyProofHoldsAndNoOther) {
  auto const grown = Grow(600, 100);
  TileTree tree(hasher, grown.Load());
  for (std::uint64_t const to : {1U, 2U, 7U, 8U, 256U, 257U, 512U, 600U})
    for (std::uint64_t from = 1; from <= to; from += 1 + from % 5) {
      auto path = tree.Consistency(from, to);
      auto const first = tree.Root(from), second = tree.Root(to);
      ASSERT_TRUE(VerifyConsistency(hasher, from, to, first, path, second)) << from << " to " << to;
      auto other = first;
      other[31] ^= 1U;
      EXPECT_FALSE(VerifyConsistency(hasher, from, to, other, path, second));
      if (path.empty()) continue;
      path.back()[0] ^= 1U;
      EXPECT_FALSE(VerifyConsistency(hasher, from, to, first, path, second));
    }
  EXPECT_FALSE(VerifyConsistency(hasher, 0, 5, tree.Root(0), {}, tree.Root(5)));
}

TEST_F(MerkleTest, ThreeLevelsOfTiles) {
  auto const grown = Grow(65'536 + 300, 5000);
  EXPECT_EQ(grown.tiles.size(), 256U + 2U + 2U + 1U);  // 258 of level 0, 2 of level 1, 1 of level 2
  TileTree tree(hasher, grown.Load());
  auto const root = tree.Root(65'836);
  EXPECT_EQ(root, Mth(hasher, grown.leaves));
  for (std::uint64_t const index : {0U, 255U, 65'535U, 65'536U, 65'835U})
    EXPECT_TRUE(VerifyInclusion(hasher, index, 65'836, grown.leaves[index], tree.Inclusion(index, 65'836), root));
}

TEST_F(MerkleTest, AMissingTileIsSaidAndNotGuessed) {
  auto grown = Grow(600, 600);
  grown.tiles.erase({0, 1});
  EXPECT_THROW((void)TileTree(hasher, grown.Load()).Inclusion(300, 600), BrokenTree);
  grown.tiles[{0, 2}].pop_back();
  EXPECT_THROW(Frontier(hasher, 600, grown.Load()), BrokenTree);
}

TEST(Canonical, EveryFieldCountsAndNoneRunsIntoAnother) {
  RecordRow const row{"01A", FromMillis(5), "user", "u", "n", "a", "k", "s", "o", true, "{}", 7};
  EXPECT_EQ(Canonical(row),
            "bole-audit-record-1\nid 3:01A\nat 1:5\nactor_kind 4:user\nactor_id 1:u\nactor_name 1:n\naction 1:a\n"
            "subject_kind 1:k\nsubject_id 1:s\norg_id 1:o\nsucceeded 1:1\ndetails 2:{}\n");
  auto other = row;
  other.leaf_index = 8;
  EXPECT_EQ(Canonical(other), Canonical(row)) << "the place is not part of the record";
  other.org_id.reset();
  EXPECT_NE(Canonical(other).find("\norg_id -\n"), std::string::npos);
  other.org_id = "";
  EXPECT_NE(Canonical(other).find("\norg_id 0:\n"), std::string::npos);
}

}  // namespace
}  // namespace bole::audit
