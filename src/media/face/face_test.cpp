#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "media/face/face_analyser.hpp"
#include "media/signals/paths.hpp"

namespace bole::media {
namespace {

// Pictures of people that the npm package brings along; read in place, never copied into the project.
std::vector<std::byte> Sample(int number) {
  std::ifstream file(std::string(BOLE_DEPS_DIR) + "/models-npm/node_modules/@vladmandic/face-api/demo/sample" +
                         std::to_string(number) + ".jpg",
                     std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  auto const bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

class Faces : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = FaceEngine::Load(FaceModelDir({BOLE_DEPS_DIR, ""}), "");
    ASSERT_TRUE(loaded);
    engine_ = std::move(*loaded);
  }
  static void TearDownTestSuite() { engine_.reset(); }
  static inline std::unique_ptr<FaceEngine> engine_;
};

TEST_F(Faces, FindsPeopleInPictures) {
  for (int number = 1; number <= 6; ++number) {
    auto check = CheckFrame(*engine_, Sample(number));
    ASSERT_TRUE(check) << number;
    EXPECT_GE(check->faces, 1) << number;
    EXPECT_GT(check->brightness, 20) << number;
    EXPECT_GT(check->sharpness, 10) << number;
    EXPECT_GT(check->face_ratio, 0.05) << number;
  }
}

TEST_F(Faces, DescriptionOfOnePersonIsNearItsMirror) {
  auto const describe = [&](int number, bool mirror) {
    auto picture = DecodeJpeg(Sample(number));
    if (mirror)
      for (int row = 0; row < picture->height; ++row)
        for (int a = 0, b = picture->width - 1; a < b; ++a, --b)
          std::swap_ranges(picture->pixels.begin() + static_cast<std::ptrdiff_t>(picture->RowBytes()) * row + a * 3,
                           picture->pixels.begin() + static_cast<std::ptrdiff_t>(picture->RowBytes()) * row + a * 3 + 3,
                           picture->pixels.begin() + static_cast<std::ptrdiff_t>(picture->RowBytes()) * row + b * 3);
    FaceWorker worker(*engine_);
    auto const faces = worker.Detect(*picture);
    return worker.Describe(*picture, worker.FindLandmarks(*picture, faces.at(0)));
  };
  auto const distance = [](auto const& a, auto const& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i] - b[i]} * double{a[i] - b[i]};
    return std::sqrt(sum);
  };
  auto const one = describe(1, false);
  EXPECT_LT(distance(one, describe(1, true)), 0.5);
}

TEST_F(Faces, LandmarksAndPoseMirrorWithThePicture) {
  auto const picture = DecodeJpeg(Sample(1));
  ASSERT_TRUE(picture);
  FaceWorker worker(*engine_);
  auto const faces = worker.Detect(*picture);
  ASSERT_FALSE(faces.empty());
  auto const marks = worker.FindLandmarks(*picture, faces[0]);
  auto const pose = EstimatePose(marks, picture->width, picture->height);
  auto mirrored = marks;  // the left eye's corner of the mirror image is the right eye's
  for (auto const& [l, r] : {std::pair{36, 45}, {39, 42}, {48, 54}, {31, 35}, {17, 26}})
    std::swap(mirrored[static_cast<std::size_t>(l)], mirrored[static_cast<std::size_t>(r)]);
  for (auto& point : mirrored) point.x = picture->width - point.x;
  auto const other = EstimatePose(mirrored, picture->width, picture->height);
  EXPECT_NEAR(other.yaw, -pose.yaw, 1);
  EXPECT_NEAR(other.roll, -pose.roll, 1);
  EXPECT_NEAR(other.pitch, pose.pitch, 1);
  EXPECT_LT(pose.error, 0.15);
}

TEST_F(Faces, BlackPicturesAndNoiseHaveNoFace) {
  FaceAnalyser analyser(engine_.get(), true);
  BgrImage black{320, 240, std::vector<std::uint8_t>(320 * 240 * 3)};
  BgrImage grey{320, 240, std::vector<std::uint8_t>(320 * 240 * 3, 128)};
  analyser.Feed(0, black);
  analyser.Feed(0.5, grey);
  auto const signals = analyser.Finish();
  EXPECT_EQ(signals.sampled_frames, 2);
  EXPECT_EQ(signals.face_ratio, 0);
  EXPECT_EQ(signals.black_ratio, 0.5);
  EXPECT_NEAR(signals.brightness_mean, 64, 1);
}

TEST_F(Faces, ExpressionOnlyWhenThePolicyAllows) {
  auto const picture = DecodeJpeg(Sample(1));
  ASSERT_TRUE(picture);
  for (bool allowed : {false, true}) {
    FaceAnalyser analyser(engine_.get(), allowed);
    analyser.Feed(0, *picture);
    auto const signals = analyser.Finish();
    EXPECT_EQ(signals.face_ratio, 1);
    EXPECT_EQ(signals.smile_ratio.has_value(), allowed);
  }
}

TEST(FaceEngine, MissingWeightsAreAnError) {
  auto engine = FaceEngine::Load("/nonexistent", "");
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().key, "engine.face_missing");
}

}  // namespace
}  // namespace bole::media
