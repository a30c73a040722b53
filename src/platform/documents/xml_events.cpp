#include "platform/documents/xml_events.hpp"

#include <expat.h>

#include <optional>

namespace bole::documents {
namespace {

std::string_view Local(char const* name) {
  std::string_view const text(name);
  auto const colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::Get(std::string_view name) const {
  for (auto const* const* pair = pairs_; *pair != nullptr; pair += 2)
    if (Local(pair[0]) == name) return pair[1];
  return {};
}

struct XmlParser::Impl {
  XML_Parser parser = XML_ParserCreate(nullptr);
  XmlHandler& handler;
  std::size_t max_depth;
  std::size_t depth = 0;
  std::optional<Error> error{};

  Impl(XmlHandler& to, std::size_t limit) : handler(to), max_depth(limit) {}
  ~Impl() { XML_ParserFree(parser); }
  Impl(Impl const&) = delete;
  Impl& operator=(Impl const&) = delete;

  void Take(Result<void> result) {
    if (result || error) return;
    error = std::move(result).error();
    XML_StopParser(parser, XML_FALSE);
  }
  static void OnStart(void* self, char const* name, char const** attributes) {
    auto& impl = *static_cast<Impl*>(self);
    if (impl.error) return;
    if (++impl.depth > impl.max_depth) return impl.Take(Fail(ErrorCode::kInvalid, "xlsx.broken"));
    impl.Take(impl.handler.Start(Local(name), XmlAttributes(attributes)));
  }
  static void OnEnd(void* self, char const* name) {
    auto& impl = *static_cast<Impl*>(self);
    if (impl.error) return;
    --impl.depth;
    impl.Take(impl.handler.End(Local(name)));
  }
  static void OnText(void* self, char const* text, int length) {
    auto& impl = *static_cast<Impl*>(self);
    if (!impl.error) impl.Take(impl.handler.Text(std::string_view(text, static_cast<std::size_t>(length))));
  }
  static void OnDoctype(void* self, char const*, char const*, char const*, int) {
    static_cast<Impl*>(self)->Take(Fail(ErrorCode::kInvalid, "xlsx.broken"));
  }
  Result<void> Parse(std::string_view piece, bool last) {
    auto const status = XML_Parse(parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
    if (error) return tl::unexpected<Error>(*error);
    if (status != XML_STATUS_OK) return Fail(ErrorCode::kInvalid, "xlsx.broken");
    return {};
  }
};

XmlParser::XmlParser(XmlHandler& handler, std::size_t max_depth) : impl_(std::make_unique<Impl>(handler, max_depth)) {
  XML_SetUserData(impl_->parser, impl_.get());
  XML_SetElementHandler(impl_->parser, &Impl::OnStart, &Impl::OnEnd);
  XML_SetCharacterDataHandler(impl_->parser, &Impl::OnText);
  XML_SetStartDoctypeDeclHandler(impl_->parser, &Impl::OnDoctype);
}
XmlParser::~XmlParser() = default;

Result<void> XmlParser::Feed(std::string_view piece) { return impl_->Parse(piece, false); }
Result<void> XmlParser::Finish() { return impl_->Parse({}, true); }

}  // namespace bole::documents
