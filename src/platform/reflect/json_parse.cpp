#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>

#include "platform/reflect/json.hpp"

namespace bole {
namespace {

constexpr std::size_t kMaxDepth = 32;

// What json::parser does, with one difference: its own reading of real numbers can miss the nearest one by the last
// bit, and then a number would change each time it is written and read.
struct Builder {
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();
  using Ec = json::error_code;
  using View = json::string_view;

  json::value_stack stack{};

  bool on_document_begin(Ec&) { return stack.reset(), true; }
  bool on_document_end(Ec&) { return true; }
  bool on_object_begin(Ec&) { return true; }
  bool on_object_end(std::size_t count, Ec&) { return stack.push_object(count), true; }
  bool on_array_begin(Ec&) { return true; }
  bool on_array_end(std::size_t count, Ec&) { return stack.push_array(count), true; }
  bool on_key_part(View part, std::size_t, Ec&) { return stack.push_chars(part), true; }
  bool on_key(View part, std::size_t, Ec&) { return stack.push_key(part), true; }
  bool on_string_part(View part, std::size_t, Ec&) { return stack.push_chars(part), true; }
  bool on_string(View part, std::size_t, Ec&) { return stack.push_string(part), true; }
  bool on_number_part(View, Ec&) { return true; }
  bool on_int64(std::int64_t number, View, Ec&) { return stack.push_int64(number), true; }
  bool on_uint64(std::uint64_t number, View, Ec&) { return stack.push_uint64(number), true; }
  bool on_double(double number, View text, Ec&) {
    double exact = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), exact);
    bool const whole = error == std::errc() && end == text.data() + text.size();
    return stack.push_double(whole ? exact : number), true;  // not whole: too large or too small for a double
  }
  bool on_bool(bool value, Ec&) { return stack.push_bool(value), true; }
  bool on_null(Ec&) { return stack.push_null(), true; }
  bool on_comment_part(View, Ec&) { return true; }
  bool on_comment(View, Ec&) { return true; }
};

}  // namespace

Result<json::value> ParseJson(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::error_code error;
  json::basic_parser<Builder> parser(options);
  auto const used = parser.write_some(false, text.data(), text.size(), error);
  if (!error) {
    auto const rest = text.substr(used);
    if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) error = json::error::extra_data;
  }
  if (error == json::error::too_deep) return Fail(ErrorCode::kInvalid, "json.too_deep");
  if (error) return Fail(ErrorCode::kInvalid, "json.malformed", {{"position", std::to_string(used)}});
  return parser.handler().stack.release();
}

}  // namespace bole
