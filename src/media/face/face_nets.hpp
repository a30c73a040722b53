#pragma once
#include <memory>
#include <openvino/openvino.hpp>

#include "media/face/net.hpp"

// The nets of npm @vladmandic/face-api (MIT), layer by layer. Inputs: RGB planes, (x − mean) / 255.
namespace bole::media::net {

[[nodiscard]] std::shared_ptr<ov::Model> TinyFaceDetector(Weights const& weights);  // → 25 × n × n
// Landmarks: 136 numbers. Expression: softmax over neutral, happy, sad, angry, fearful, disgusted, surprised.
[[nodiscard]] std::shared_ptr<ov::Model> FeatureNet(Weights const& weights, bool softmax);
[[nodiscard]] std::shared_ptr<ov::Model> RecognitionNet(Weights const& weights);  // 150 × 150 → 128 numbers

}  // namespace bole::media::net
