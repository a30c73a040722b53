#pragma once
#include "media/face/face_engine.hpp"

namespace bole::media {

// Collects what sampled pictures of one recording show. Expression is only computed when `expression` is true (the
// policy of the place allows it). Not thread-safe.
class FaceAnalyser {
 public:
  // `engine` may be null: then only brightness is measured.
  FaceAnalyser(FaceEngine* engine, bool expression);
  ~FaceAnalyser();
  void Feed(double time, BgrImage const& picture);
  // blink_per_minute stays empty: the 68 landmarks cannot tell open from closed eyes.
  [[nodiscard]] FaceSignals Finish();

 private:
  std::unique_ptr<FaceWorker> worker_;
  bool expression_;
  double smile_ = -1;  // smoothed
  int black_ = 0, centred_ = 0;
  FaceSignals signals_;
};

}  // namespace bole::media
