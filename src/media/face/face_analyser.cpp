#include "media/face/face_analyser.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace bole::media {
namespace {

double Deviation(std::vector<double> const& values) {
  if (values.size() < 2) return 0;
  double mean = 0, sum = 0;
  for (double v : values) mean += v / static_cast<double>(values.size());
  for (double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

}  // namespace

FaceAnalyser::FaceAnalyser(FaceEngine* engine, bool expression)
    : worker_(engine ? std::make_unique<FaceWorker>(*engine) : nullptr), expression_(expression && engine) {}
FaceAnalyser::~FaceAnalyser() = default;

void FaceAnalyser::Feed(double time, BgrImage const& picture) {
  cv::Mat const view(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.pixels.data()));
  cv::Mat small, grey;
  constexpr int kSmall = 64;
  cv::resize(view, small, cv::Size(kSmall, kSmall), 0, 0, cv::INTER_NEAREST);
  cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
  FaceSample sample;
  sample.t = time;
  sample.brightness = cv::mean(grey)[0];
  constexpr double kBlack = 18;
  bool const black = sample.brightness < kBlack;
  black_ += black;
  if (worker_ && !black) {
    auto const faces = worker_->Detect(picture);
    sample.faces = static_cast<int>(faces.size());
    if (!faces.empty()) {
      auto const& largest = *std::max_element(faces.begin(), faces.end(),
                                              [](auto const& a, auto const& b) { return a.w * a.h < b.w * b.h; });
      sample.x = largest.x / picture.width;
      sample.y = largest.y / picture.height;
      sample.w = largest.w / picture.width;
      sample.h = largest.h / picture.height;
      constexpr double kOff = 0.2;
      centred_ +=
          std::abs(sample.x + sample.w / 2 - 0.5) < kOff && std::abs(sample.y + sample.h / 2 - 0.5) < kOff * 1.25;
      auto const marks = worker_->FindLandmarks(picture, largest);
      auto const pose = EstimatePose(marks, picture.width, picture.height);
      sample.yaw = pose.yaw;
      sample.pitch = pose.pitch;
      sample.roll = pose.roll;
      if (expression_) {  // the net is sensitive to the crop: smooth
        double const happy = worker_->Expression(picture, marks)[1];
        constexpr double kNew = 0.5;
        smile_ = smile_ < 0 ? happy : smile_ + kNew * (happy - smile_);
        sample.smile = smile_;
      }
    }
  }
  signals_.timeline.push_back(sample);
}

FaceSignals FaceAnalyser::Finish() {
  auto out = std::move(signals_);
  signals_ = {};
  out.sampled_frames = static_cast<int>(out.timeline.size());
  out.present = out.sampled_frames > 0;
  if (!out.present) return out;
  double with_face = 0, several = 0, smiles = 0;
  std::vector<double> yaw, pitch;
  constexpr double kSmiling = 0.5;
  for (auto const& sample : out.timeline) {
    out.brightness_mean += sample.brightness / out.sampled_frames;
    several += sample.faces > 1;
    if (sample.faces == 0) continue;
    ++with_face;
    smiles += sample.smile >= kSmiling;
    yaw.push_back(sample.yaw);
    pitch.push_back(sample.pitch);
  }
  double const n = out.sampled_frames;
  out.face_ratio = with_face / n;
  out.several_ratio = several / n;
  out.centred_ratio = centred_ / n;
  out.black_ratio = black_ / n;
  out.yaw_sd = Deviation(yaw);
  out.pitch_sd = Deviation(pitch);
  if (expression_ && with_face > 0) out.smile_ratio = smiles / with_face;
  return out;
}

}  // namespace bole::media
