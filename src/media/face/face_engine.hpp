#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/decode/image.hpp"
#include "media/signals/signals.hpp"

namespace bole::media {

struct FaceBox {
  double score = 0;
  double x = 0, y = 0, w = 0, h = 0;  // pixels; may reach past the picture
};
struct FacePoint {
  double x = 0, y = 0;  // pixels
};
using Landmarks = std::array<FacePoint, 68>;
struct HeadPose {
  double pitch = 0, yaw = 0, roll = 0;  // degrees: nods (+ down), turns (+ to the picture's right), tilts (+ clockwise)
  double error = 0;                     // mean distance of the fitted points in eye distances
};

// The nets on OpenVINO, compiled on first use and shared; compiled blobs are cached in `cache_dir` ("" for no cache).
// Thread-safe.
class FaceEngine {
 public:
  // kUnavailable "engine.face_missing" when the weights are not there.
  [[nodiscard]] static Result<std::unique_ptr<FaceEngine>> Load(std::string const& model_dir,
                                                                std::string const& cache_dir);
  ~FaceEngine();
  struct Impl;
  [[nodiscard]] Impl& impl() { return *impl_; }

 private:
  explicit FaceEngine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// One user of the nets with an inference request of its own, one thread. Not thread-safe; cheap to make.
class FaceWorker {
 public:
  explicit FaceWorker(FaceEngine& engine);
  ~FaceWorker();
  // Largest score first. Looks at 224 pixels, and at 416 when nothing is found there.
  [[nodiscard]] std::vector<FaceBox> Detect(BgrImage const& picture);
  [[nodiscard]] Landmarks FindLandmarks(BgrImage const& picture, FaceBox const& box);
  // neutral, happy, sad, angry, fearful, disgusted, surprised
  [[nodiscard]] std::array<float, 7> Expression(BgrImage const& picture, Landmarks const& landmarks);
  // 128 numbers; two faces of one person are nearer than 0.6 (mean 0.44; of two people 0.82).
  [[nodiscard]] std::array<float, 128> Describe(BgrImage const& picture, Landmarks const& landmarks);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// From 14 points that do not move with expression, against an average head (perspective camera, focal length = picture
// width).
[[nodiscard]] HeadPose EstimatePose(Landmarks const& landmarks, int width, int height);

// What the environment check says about one picture.
struct FrameCheck {
  int faces = 0;
  double face_ratio = 0;  // height of the largest face over the picture's
  bool centred = false;
  double brightness = 0;  // mean luma 0..255
  double sharpness = 0;   // variance of the Laplacian at 320 pixels width; under 40 is blurred
};
BOOST_DESCRIBE_STRUCT(FrameCheck, (), (faces, face_ratio, centred, brightness, sharpness))
[[nodiscard]] Result<FrameCheck> CheckFrame(FaceEngine& engine, std::span<std::byte const> jpeg);

}  // namespace bole::media
