#include <boost/json.hpp>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "media/face/net.hpp"

namespace bole::media::net {
namespace {

namespace json = boost::json;

float FromHalf(std::uint16_t half) {
  std::uint32_t const sign = half >> 15, exponent = half >> 10 & 31, mantissa = half & 1023;
  if (exponent == 0) return (sign ? -1.F : 1.F) * std::ldexp(static_cast<float>(mantissa), -24);
  std::uint32_t const bits = sign << 31 | (exponent == 31 ? 255U : exponent + 112) << 23 | mantissa << 13;
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <class T>
T Read(char const* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

struct Encoding {
  std::string type;
  bool scaled = false;
  double scale = 1, least = 0;
  [[nodiscard]] std::size_t Bytes() const {
    if (type == "uint8") return 1;
    if (type == "uint16" || type == "float16") return 2;
    return type == "float32" || type == "int32" ? 4 : 0;
  }
  [[nodiscard]] float Value(char const* at) const {
    auto const expand = [&](double q) { return static_cast<float>(scaled ? q * scale + least : q); };
    if (type == "float32") return Read<float>(at);
    if (type == "float16") return FromHalf(Read<std::uint16_t>(at));
    if (type == "int32") return static_cast<float>(Read<std::int32_t>(at));
    if (type == "uint16") return expand(Read<std::uint16_t>(at));
    return expand(Read<std::uint8_t>(at));
  }
};

Encoding EncodingOf(json::value const& weight) {
  Encoding out{std::string(weight.at("dtype").as_string())};
  if (auto const* quantised = weight.as_object().if_contains("quantization")) {
    out.type = std::string(quantised->at("dtype").as_string());
    if (auto const* scale = quantised->as_object().if_contains("scale")) {
      out.scaled = true;
      out.scale = scale->to_number<double>();
      out.least = quantised->at("min").to_number<double>();
    }
  }
  return out;
}

bool AddGroup(json::value const& group, std::filesystem::path const& folder, Weights& out) {
  std::string bytes;
  for (auto const& path : group.at("paths").as_array()) {
    std::ifstream file(folder / std::string(path.as_string()), std::ios::binary);
    if (!file) return false;
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  std::size_t at = 0;
  for (auto const& weight : group.at("weights").as_array()) {
    Tensor tensor;
    std::size_t count = 1;
    for (auto const& dimension : weight.at("shape").as_array()) {
      tensor.shape.push_back(dimension.to_number<int>());
      count *= static_cast<std::size_t>(tensor.shape.back());
    }
    auto const encoding = EncodingOf(weight);
    if (encoding.Bytes() == 0 || at + count * encoding.Bytes() > bytes.size()) return false;
    tensor.values.reserve(count);
    for (std::size_t i = 0; i < count; ++i, at += encoding.Bytes())
      tensor.values.push_back(encoding.Value(bytes.data() + at));
    out.emplace(std::string(weight.at("name").as_string()), std::move(tensor));
  }
  return at == bytes.size();
}

}  // namespace

Result<Weights> LoadWeights(std::string const& manifest_path) {
  auto const missing = Fail(ErrorCode::kUnavailable, "engine.face_missing", {{"file", manifest_path}});
  std::ifstream file(manifest_path, std::ios::binary);
  if (!file) return missing;
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  try {  // Boost.JSON reports a manifest of another shape by exceptions
    Weights out;
    auto const manifest = json::parse(text);
    for (auto const& group : manifest.as_array())
      if (!AddGroup(group, std::filesystem::path(manifest_path).parent_path(), out)) return missing;
    return out;
  } catch (std::exception const&) {
    return missing;
  }
}

}  // namespace bole::media::net
