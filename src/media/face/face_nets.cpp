#include "media/face/face_nets.hpp"

namespace bole::media::net {
namespace {

int SeparableConv(Builder& b, int in, Weights const& w, std::string const& name, int stride, Pad pad) {
  int const deep = b.Depthwise(in, w.at(name + "/depthwise_filter"), stride, pad);
  return b.Conv(deep, w.at(name + "/pointwise_filter"), w.at(name + "/bias").values.data(), 1, Pad::kValid);
}

// A ResNet in the style of dlib's face recognition; the scale layers are folded into the convolutions.
class ResNet {
 public:
  explicit ResNet(Weights const& weights) : w_(weights) {}

  std::shared_ptr<ov::Model> Build() {
    int x = b_.MaxPool(b_.Relu(Conv(0, "conv32_down", 2, Pad::kValid)), 3, 2, Pad::kValid);
    for (char const* name : {"conv32_1", "conv32_2", "conv32_3"}) x = Same(x, name);
    x = Down(x, "conv64_down");
    for (char const* name : {"conv64_1", "conv64_2", "conv64_3"}) x = Same(x, name);
    x = Down(x, "conv128_down");
    for (char const* name : {"conv128_1", "conv128_2"}) x = Same(x, name);
    x = Down(x, "conv256_down");
    for (char const* name : {"conv256_1", "conv256_2"}) x = Same(x, name);
    x = Down(x, "conv256_down_out");
    b_.Dense(b_.GlobalAverage(x), w_.at("fc"), nullptr);
    return b_.Build();
  }

 private:
  int Conv(int in, std::string const& name, int stride, Pad pad) {
    auto const &scale = w_.at(name + "/scale/weights").values, &shift = w_.at(name + "/scale/biases").values,
               &bias = w_.at(name + "/conv/bias").values;
    std::vector<float> folded(scale.size());
    for (std::size_t i = 0; i < folded.size(); ++i) folded[i] = bias.at(i) * scale[i] + shift.at(i);
    return b_.Conv(in, w_.at(name + "/conv/filters"), folded.data(), stride, pad, scale.data());
  }
  int Same(int x, std::string const& name) {
    int const y = Conv(b_.Relu(Conv(x, name + "/conv1", 1, Pad::kSame)), name + "/conv2", 1, Pad::kSame);
    return b_.Relu(b_.Add({y, x}));
  }
  // Half the size: the shorter branch gets zeros at the bottom and right, the thinner one zero channels.
  int Down(int x, std::string const& name) {
    int y = Conv(b_.Relu(Conv(x, name + "/conv1", 2, Pad::kValid)), name + "/conv2", 1, Pad::kSame);
    int const out = static_cast<int>(w_.at(name + "/conv2/conv/bias").values.size());
    int const convolved = (side_ - 3) / 2 + 1, pooled = side_ / 2;
    int shortcut = b_.AveragePool(x, 2, 2);
    if (convolved != pooled) y = b_.PadEnd(y, 0, pooled - convolved, pooled - convolved);
    if (out != channels_) shortcut = b_.PadEnd(shortcut, out - channels_, 0, 0);
    channels_ = out;
    side_ = pooled;
    return b_.Relu(b_.Add({shortcut, y}));
  }

  Weights const& w_;
  Builder b_;
  int channels_ = 32, side_ = 35;
};

}  // namespace

std::shared_ptr<ov::Model> TinyFaceDetector(Weights const& w) {
  constexpr float kLeak = 0.1F;
  Builder b;
  int x = b.Relu(b.Conv(0, w.at("conv0/filters"), w.at("conv0/bias").values.data(), 1, Pad::kValid), kLeak);
  for (int i = 1; i <= 5; ++i) {
    x = b.MaxPool(x, 2, 2, Pad::kSame);
    x = b.Relu(SeparableConv(b, x, w, "conv" + std::to_string(i), 1, Pad::kOne), kLeak);
  }
  x = b.MaxPool(x, 2, 1, Pad::kSame);
  b.Conv(x, w.at("conv8/filters"), w.at("conv8/bias").values.data(), 1, Pad::kValid);
  return b.Build();
}

std::shared_ptr<ov::Model> FeatureNet(Weights const& w, bool softmax) {
  Builder b;
  int x = 0;
  for (int block = 0; block < 4; ++block) {
    auto const name = "dense" + std::to_string(block) + "/conv";
    int const first = block == 0
                          ? b.Conv(x, w.at(name + "0/filters"), w.at(name + "0/bias").values.data(), 2, Pad::kSame)
                          : SeparableConv(b, x, w, name + "0", 2, Pad::kSame);
    int const one = b.Relu(first);
    int const two = SeparableConv(b, one, w, name + "1", 1, Pad::kSame);
    int const sum = b.Add({one, two});
    int const three = SeparableConv(b, b.Relu(sum), w, name + "2", 1, Pad::kSame);
    int const more = b.Add({sum, three});
    int const four = SeparableConv(b, b.Relu(more), w, name + "3", 1, Pad::kSame);
    x = b.Relu(b.Add({more, four}));
  }
  x = b.Dense(b.AveragePool(x, 7, 2), w.at("fc/weights"), w.at("fc/bias").values.data());
  if (softmax) b.Softmax(x);
  return b.Build();
}

std::shared_ptr<ov::Model> RecognitionNet(Weights const& weights) { return ResNet(weights).Build(); }

}  // namespace bole::media::net
