#include "media/face/face_engine.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <mutex>
#include <opencv2/imgproc.hpp>

#include "media/face/face_nets.hpp"

namespace bole::media {
namespace {

enum Kind { kDetect224, kDetect416, kLandmarks, kExpression, kRecognition, kKinds };
constexpr int kSizes[kKinds] = {224, 416, 112, 112, 150};
constexpr char const* kManifests[kKinds] = {"tiny_face_detector_model", "tiny_face_detector_model",
                                            "face_landmark_68_model", "face_expression_model",
                                            "face_recognition_model"};
cv::Scalar const kDetectorMean(117.001, 114.697, 97.404), kFaceMean(122.782, 117.001, 104.298);

std::string Manifest(std::string const& dir, Kind kind) {
  return dir + "/" + kManifests[kind] + "-weights_manifest.json";
}

cv::Mat View(BgrImage const& picture) {
  return {picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.pixels.data())};
}

cv::Rect Clip(cv::Rect2d const& box, cv::Size size) {
  auto const clipped = box & cv::Rect2d(0, 0, size.width, size.height);
  return {static_cast<int>(clipped.x), static_cast<int>(clipped.y), static_cast<int>(clipped.width),
          static_cast<int>(clipped.height)};
}

float Sigmoid(float x) { return 1.F / (1.F + std::exp(-x)); }

}  // namespace

struct FaceEngine::Impl {
  std::string dir;
  ov::Core core;
  std::mutex mutex;
  ov::CompiledModel models[kKinds];

  // Compiled for one fixed input size, which is faster than a dynamic one.
  ov::CompiledModel Get(Kind kind) {
    std::lock_guard lock(mutex);
    if (models[kind]) return models[kind];
    auto const weights = net::LoadWeights(Manifest(dir, kind));
    if (!weights) return {};
    auto model = kind <= kDetect416     ? net::TinyFaceDetector(*weights)
                 : kind == kRecognition ? net::RecognitionNet(*weights)
                                        : net::FeatureNet(*weights, kind == kExpression);
    model->reshape(ov::PartialShape{1, 3, kSizes[kind], kSizes[kind]});
    models[kind] =
        core.compile_model(model, "CPU", ov::inference_num_threads(1), ov::hint::inference_precision(ov::element::f32),
                           ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY));
    return models[kind];
  }
};

FaceEngine::FaceEngine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FaceEngine::~FaceEngine() = default;

Result<std::unique_ptr<FaceEngine>> FaceEngine::Load(std::string const& model_dir, std::string const& cache_dir) {
  auto const missing = Fail(ErrorCode::kUnavailable, "engine.face_missing", {{"dir", model_dir}});
  std::error_code error;
  for (int kind = 0; kind < kKinds; ++kind)
    if (!std::filesystem::is_regular_file(Manifest(model_dir, static_cast<Kind>(kind)), error)) return missing;
  try {  // OpenVINO and the net builders report broken files by exceptions
    auto impl = std::make_unique<Impl>();
    impl->dir = model_dir;
    if (!cache_dir.empty()) impl->core.set_property(ov::cache_dir(cache_dir));
    for (auto kind : {kDetect224, kDetect416, kLandmarks})
      if (!impl->Get(kind)) return missing;
    return std::unique_ptr<FaceEngine>(new FaceEngine(std::move(impl)));
  } catch (std::exception const&) {
    return missing;
  }
}

struct FaceWorker::Impl {
  explicit Impl(FaceEngine& used) : engine(used) {}
  FaceEngine& engine;
  ov::InferRequest requests[kKinds];
  cv::Mat square, floats;
  std::vector<float> planes;

  // The picture in a square of the net's size (padding at the end, or around when `centre`), RGB planes, (x − mean) /
  // 255.
  std::span<float const> Run(Kind kind, cv::Mat const& bgr, bool centre, cv::Scalar const& mean) {
    int const size = kSizes[kind];
    double const scale = static_cast<double>(size) / std::max(bgr.rows, bgr.cols);
    int const w = std::clamp(cvRound(bgr.cols * scale), 1, size), h = std::clamp(cvRound(bgr.rows * scale), 1, size);
    square.create(size, size, CV_8UC3);
    square.setTo(cv::Scalar(0, 0, 0));
    cv::Mat inner = square(cv::Rect(centre ? (size - w) / 2 : 0, centre ? (size - h) / 2 : 0, w, h));
    cv::resize(bgr, inner, inner.size(), 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    square.convertTo(floats, CV_32F, 1 / 255.0);
    cv::subtract(floats, cv::Scalar(mean[2], mean[1], mean[0]) / 255.0, floats);  // still blue, green, red
    auto const plane = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    planes.resize(plane * 3);
    cv::Mat out[3];
    for (std::size_t c = 0; c < 3; ++c) out[c] = cv::Mat(size, size, CV_32F, planes.data() + (2 - c) * plane);
    cv::split(floats, out);
    auto& request = requests[kind];
    if (!request) request = engine.impl().Get(kind).create_infer_request();
    auto const side = static_cast<std::size_t>(size);
    request.set_input_tensor(ov::Tensor(ov::element::f32, {1, 3, side, side}, planes.data()));
    request.infer();
    ov::Tensor const result = request.get_output_tensor();
    return {static_cast<float const*>(result.data()), result.get_size()};
  }
};

FaceWorker::FaceWorker(FaceEngine& engine) : impl_(std::make_unique<Impl>(engine)) {}
FaceWorker::~FaceWorker() = default;

// YOLO v2 boxes over five anchors, non-maximum suppression at 0.4.
static std::vector<FaceBox> DecodeBoxes(std::span<float const> out, double least, cv::Size size) {
  constexpr double kAnchors[5][2] = {
      {1.603231, 2.094468}, {6.041143, 7.080126}, {2.882459, 3.518061}, {4.266906, 5.178857}, {9.041765, 10.66308}};
  auto const n = static_cast<int>(std::lround(std::sqrt(static_cast<double>(out.size()) / 25)));
  double const side = std::max(size.width, size.height);
  auto const at = [&](int anchor, int what, int row, int column) {
    return out[static_cast<std::size_t>(((anchor * 5 + what) * n + row) * n + column)];
  };
  std::vector<FaceBox> all, kept;
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column)
      for (int a = 0; a < 5; ++a) {
        double const score = Sigmoid(at(a, 4, row, column));
        if (score <= least) continue;
        double const cx = (column + double{Sigmoid(at(a, 0, row, column))}) / n * side;
        double const cy = (row + double{Sigmoid(at(a, 1, row, column))}) / n * side;
        constexpr float kMost = 6;
        double const w = std::exp(std::min(at(a, 2, row, column), kMost)) * kAnchors[a][0] / n * side;
        double const h = std::exp(std::min(at(a, 3, row, column), kMost)) * kAnchors[a][1] / n * side;
        all.push_back({score, cx - w / 2, cy - h / 2, w, h});
      }
  std::stable_sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.score > b.score; });
  auto const rect = [](FaceBox const& b) { return cv::Rect2d(b.x, b.y, b.w, b.h); };
  for (auto const& box : all) {
    bool const free = std::none_of(kept.begin(), kept.end(), [&](auto const& other) {
      double const both = (rect(box) & rect(other)).area();
      return both / (rect(box).area() + rect(other).area() - both) > 0.4;
    });
    if (free) kept.push_back(box);
  }
  return kept;
}

std::vector<FaceBox> FaceWorker::Detect(BgrImage const& picture) {
  auto const view = View(picture);
  constexpr double kSmallLeast = 0.4, kLargeLeast = 0.4;
  auto found = DecodeBoxes(impl_->Run(kDetect224, view, false, kDetectorMean), kSmallLeast, view.size());
  if (found.empty()) found = DecodeBoxes(impl_->Run(kDetect416, view, false, kDetectorMean), kLargeLeast, view.size());
  return found;
}

Landmarks FaceWorker::FindLandmarks(BgrImage const& picture, FaceBox const& box) {
  auto const view = View(picture);
  auto crop = Clip({box.x, box.y, box.w, box.h}, view.size());
  if (crop.width < 2 || crop.height < 2) crop = {0, 0, view.cols, view.rows};
  auto const out = impl_->Run(kLandmarks, view(crop), true, kFaceMean);
  double const side = std::max(crop.width, crop.height);
  double const left = (side - crop.width) / 2, top = (side - crop.height) / 2;
  Landmarks marks;
  for (std::size_t i = 0; i < marks.size(); ++i)
    marks[i] = {double{out[2 * i]} * side - left + crop.x, double{out[2 * i + 1]} * side - top + crop.y};
  return marks;
}

std::array<float, 7> FaceWorker::Expression(BgrImage const& picture, Landmarks const& landmarks) {
  cv::Rect2d bounds(landmarks[0].x, landmarks[0].y, 1, 1);
  for (auto const& p : landmarks) bounds |= cv::Rect2d(p.x, p.y, 1, 1);
  constexpr double kMargin = 0.1;
  auto const view = View(picture);
  auto crop = Clip({bounds.x - bounds.width * kMargin, bounds.y - bounds.height * kMargin,
                    bounds.width * (1 + 2 * kMargin), bounds.height * (1 + 2 * kMargin)},
                   view.size());
  std::array<float, 7> result{};
  if (crop.width < 2 || crop.height < 2) return result;
  std::copy_n(impl_->Run(kExpression, view(crop), true, kFaceMean).begin(), result.size(), result.begin());
  return result;
}

// The "chip": eyes level, 25 % padding, which took the false acceptances to 0 of 700.
std::array<float, 128> FaceWorker::Describe(BgrImage const& picture, Landmarks const& landmarks) {
  auto const mean = [&](std::size_t from, std::size_t to) {
    cv::Point2d sum;
    for (auto i = from; i < to; ++i) sum += cv::Point2d(landmarks[i].x, landmarks[i].y);
    return sum / static_cast<double>(to - from);
  };
  auto const left = mean(36, 42), right = mean(42, 48), mouth = mean(48, 68), centre = (left + right + mouth) / 3.0;
  double const size = (cv::norm(mouth - left) + cv::norm(mouth - right)) / 2 / 0.45 * 1.25;
  double const angle = std::atan2(right.y - left.y, right.x - left.x) * 180 / CV_PI;
  int const side = kSizes[kRecognition];
  auto turn = cv::getRotationMatrix2D(cv::Point2f(centre), angle, side / std::max(size, 1.0));
  turn.at<double>(0, 2) += side / 2.0 - centre.x;
  turn.at<double>(1, 2) += side * 0.43 - centre.y;
  cv::Mat chip;
  cv::warpAffine(View(picture), chip, turn, cv::Size(side, side));
  std::array<float, 128> result{};
  std::copy_n(impl_->Run(kRecognition, chip, true, kFaceMean).begin(), result.size(), result.begin());
  return result;
}

Result<FrameCheck> CheckFrame(FaceEngine& engine, std::span<std::byte const> jpeg) {
  BOLE_ASSIGN(auto picture, DecodeJpeg(jpeg));
  FrameCheck out;
  auto const faces = FaceWorker(engine).Detect(picture);
  out.faces = static_cast<int>(faces.size());
  if (!faces.empty()) {
    auto const& largest =
        *std::max_element(faces.begin(), faces.end(), [](auto const& a, auto const& b) { return a.h < b.h; });
    out.face_ratio = std::min(1.0, largest.h / picture.height);
    constexpr double kOff = 0.2;
    out.centred = std::abs((largest.x + largest.w / 2) / picture.width - 0.5) < kOff &&
                  std::abs((largest.y + largest.h / 2) / picture.height - 0.5) < kOff * 1.25;
  }
  cv::Mat grey, small, edges;
  cv::cvtColor(View(picture), grey, cv::COLOR_BGR2GRAY);
  out.brightness = cv::mean(grey)[0];
  constexpr int kWidth = 320;
  cv::resize(grey, small, cv::Size(kWidth, std::max(1, picture.height * kWidth / picture.width)), 0, 0, cv::INTER_AREA);
  cv::Laplacian(small, edges, CV_64F);
  cv::Scalar average, deviation;
  cv::meanStdDev(edges, average, deviation);
  out.sharpness = deviation[0] * deviation[0];
  return out;
}

}  // namespace bole::media
