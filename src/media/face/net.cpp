#include "media/face/net.hpp"

#include <openvino/opsets/opset8.hpp>

namespace bole::media::net {
namespace {

std::size_t U(int n) { return static_cast<std::size_t>(n); }

ov::Output<ov::Node> Constant(ov::Shape const& shape, std::vector<float> const& values) {
  return ov::op::v0::Constant::create(ov::element::f32, shape, values);
}
ov::Output<ov::Node> Integers(std::vector<std::int64_t> const& values) {
  return ov::op::v0::Constant::create(ov::element::i64, {values.size()}, values);
}
ov::op::PadType Type(Pad pad) {
  if (pad == Pad::kSame) return ov::op::PadType::SAME_UPPER;
  return pad == Pad::kValid ? ov::op::PadType::VALID : ov::op::PadType::EXPLICIT;
}
ov::CoordinateDiff Border(Pad pad) {
  std::ptrdiff_t const n = pad == Pad::kOne ? 1 : 0;
  return {n, n};
}

}  // namespace

Builder::Builder() : input_(std::make_shared<ov::op::v0::Parameter>(ov::element::f32, ov::PartialShape{1, 3, -1, -1})) {
  Push(input_);
}

int Builder::Push(ov::Output<ov::Node> node) {
  nodes_.push_back(std::move(node));
  return static_cast<int>(nodes_.size()) - 1;
}

// TensorFlow keeps filters as height, width, in, out; OpenVINO wants out, in, height, width.
int Builder::Conv(int in, Tensor const& t, float const* bias, int stride, Pad pad, float const* scale) {
  auto const rows = U(t.shape.at(0)), columns = U(t.shape.at(1)), from = U(t.shape.at(2)), to = U(t.shape.at(3));
  std::vector<float> filter;
  filter.reserve(t.values.size());
  for (std::size_t o = 0; o < to; ++o)
    for (std::size_t i = 0; i < from; ++i)
      for (std::size_t k = 0; k < rows * columns; ++k)
        filter.push_back(t.values[(k * from + i) * to + o] * (scale ? scale[o] : 1.F));
  int const node = Push(std::make_shared<ov::op::v1::Convolution>(At(in), Constant({to, from, rows, columns}, filter),
                                                                  ov::Strides{U(stride), U(stride)}, Border(pad),
                                                                  Border(pad), ov::Strides{1, 1}, Type(pad)));
  return bias ? Bias(node, bias, t.shape[3]) : node;
}

int Builder::Depthwise(int in, Tensor const& t, int stride, Pad pad) {
  auto const rows = U(t.shape.at(0)), columns = U(t.shape.at(1)), channels = U(t.shape.at(2)), many = U(t.shape.at(3));
  std::vector<float> filter;
  filter.reserve(t.values.size());
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t m = 0; m < many; ++m)
      for (std::size_t k = 0; k < rows * columns; ++k) filter.push_back(t.values[(k * channels + c) * many + m]);
  return Push(std::make_shared<ov::op::v1::GroupConvolution>(
      At(in), Constant({channels, many, 1, rows, columns}, filter), ov::Strides{U(stride), U(stride)}, Border(pad),
      Border(pad), ov::Strides{1, 1}, Type(pad)));
}

int Builder::Relu(int in, float slope) {
  if (slope == 0) return Push(std::make_shared<ov::op::v0::Relu>(At(in)));
  return Push(std::make_shared<ov::op::v0::PRelu>(At(in), Constant({1}, {slope})));
}

int Builder::Add(std::vector<int> const& in) {
  auto sum = At(in.at(0));
  for (std::size_t i = 1; i < in.size(); ++i) sum = std::make_shared<ov::op::v1::Add>(sum, At(in[i]));
  return Push(sum);
}

int Builder::Bias(int in, float const* values, int count) {
  ov::Shape shape(U(static_cast<int>(At(in).get_partial_shape().rank().get_length())), 1);
  shape.at(1) = U(count);
  return Push(std::make_shared<ov::op::v1::Add>(At(in), Constant(shape, std::vector<float>(values, values + count))));
}

int Builder::MaxPool(int in, int kernel, int stride, Pad pad) {
  return Push(std::make_shared<ov::op::v1::MaxPool>(At(in), ov::Strides{U(stride), U(stride)}, ov::Shape{0, 0},
                                                    ov::Shape{0, 0}, ov::Shape{U(kernel), U(kernel)},
                                                    ov::op::RoundingType::FLOOR, Type(pad)));
}
int Builder::AveragePool(int in, int kernel, int stride) {
  return Push(std::make_shared<ov::op::v1::AvgPool>(At(in), ov::Strides{U(stride), U(stride)}, ov::Shape{0, 0},
                                                    ov::Shape{0, 0}, ov::Shape{U(kernel), U(kernel)}, true,
                                                    ov::op::RoundingType::FLOOR, ov::op::PadType::VALID));
}
int Builder::GlobalAverage(int in) {
  return Push(std::make_shared<ov::op::v1::ReduceMean>(At(in), Integers({2, 3}), false));
}
int Builder::PadEnd(int in, int channels, int rows, int columns) {
  return Push(std::make_shared<ov::op::v1::Pad>(At(in), Integers({0, 0, 0, 0}), Integers({0, channels, rows, columns}),
                                                Constant({}, {0.F}), ov::op::PadMode::CONSTANT));
}
int Builder::Dense(int in, Tensor const& weights, float const* bias) {
  auto const flat = std::make_shared<ov::op::v1::Reshape>(At(in), Integers({0, -1}), true);
  int const node = Push(std::make_shared<ov::op::v0::MatMul>(
      flat, Constant({U(weights.shape.at(0)), U(weights.shape.at(1))}, weights.values)));
  return bias ? Bias(node, bias, weights.shape[1]) : node;
}
int Builder::Softmax(int in) { return Push(std::make_shared<ov::op::v8::Softmax>(At(in), 1)); }

std::shared_ptr<ov::Model> Builder::Build() {
  return std::make_shared<ov::Model>(ov::OutputVector{nodes_.back()}, ov::ParameterVector{input_});
}

}  // namespace bole::media::net
