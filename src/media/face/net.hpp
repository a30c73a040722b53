#pragma once
// Builds OpenVINO models from the weight files of TensorFlow.js layers. Only for the .cpp files of this folder.
#include <map>
#include <memory>
#include <openvino/openvino.hpp>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace bole::media::net {

struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;
};
using Weights = std::map<std::string, Tensor>;

// A "weights manifest" and the .bin files beside it; quantised values are expanded in double. kUnavailable
// "engine.face_missing" when a file is missing, short or of an unknown type.
[[nodiscard]] Result<Weights> LoadWeights(std::string const& manifest_path);

enum class Pad { kValid, kSame, kOne };  // kOne: one pixel on every side

// Every call adds a node and returns its number; 0 is the NCHW input. The weights must hold what is asked for
// (std::out_of_range otherwise: a wrong file, caught where the nets are made).
class Builder {
 public:
  Builder();
  int Conv(int in, Tensor const& hwio, float const* bias, int stride, Pad pad, float const* scale = nullptr);
  int Depthwise(int in, Tensor const& hwcm, int stride, Pad pad);
  int Relu(int in, float slope = 0);
  int Add(std::vector<int> const& in);
  int Bias(int in, float const* values, int count);
  int MaxPool(int in, int kernel, int stride, Pad pad);
  int AveragePool(int in, int kernel, int stride);
  int GlobalAverage(int in);
  int PadEnd(int in, int channels, int rows, int columns);  // zeros behind
  int Dense(int in, Tensor const& weights, float const* bias);
  int Softmax(int in);
  [[nodiscard]] std::shared_ptr<ov::Model> Build();  // the last node is the output

 private:
  int Push(ov::Output<ov::Node> node);
  [[nodiscard]] ov::Output<ov::Node> At(int index) const { return nodes_.at(static_cast<std::size_t>(index)); }
  std::shared_ptr<ov::op::v0::Parameter> input_;
  std::vector<ov::Output<ov::Node>> nodes_;
};

}  // namespace bole::media::net
