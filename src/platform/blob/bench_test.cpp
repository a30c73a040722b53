#include "platform/blob/bench.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bole::blob {
namespace {

TEST(BenchBlob, LosesNothingAndLeavesNothingBehind) {
  auto const directory = std::filesystem::temp_directory_path();
  auto const json = RunBenchBlob({.directory = directory, .candidates = 20, .threads = 4, .seconds = 1});
  ASSERT_TRUE(json) << json.error().key;
  EXPECT_THAT(*json, ::testing::HasSubstr(R"("pieces":20,)"));
  EXPECT_THAT(*json, ::testing::HasSubstr(R"("failed":0,"lost":0,)"));
  for (auto const& entry : std::filesystem::directory_iterator(directory))
    EXPECT_FALSE(entry.path().filename().string().starts_with("bench-blob-"));
}

}  // namespace
}  // namespace bole::blob
