#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "base/result.hpp"

namespace bole::documents {

// Attributes of the element just started; names without namespace prefix. Valid inside Start only.
class XmlAttributes {
 public:
  explicit XmlAttributes(char const** pairs) : pairs_(pairs) {}
  [[nodiscard]] std::string_view Get(std::string_view name) const;  // "" when missing

 private:
  char const** pairs_;
};

// Receives a document in order. Names come without prefix. A returned error stops the parser.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual Result<void> Start(std::string_view name, XmlAttributes const& attributes) = 0;
  virtual Result<void> End(std::string_view name) = 0;
  virtual Result<void> Text(std::string_view text) = 0;
};

// A streaming XML parser that knows no DTD: a document type declaration (entity bombs) is refused.
class XmlParser {
 public:
  XmlParser(XmlHandler& handler, std::size_t max_depth);
  ~XmlParser();
  XmlParser(XmlParser const&) = delete;
  XmlParser& operator=(XmlParser const&) = delete;
  // Errors: `xlsx.broken` for malformed, too deep or forbidden XML; else the handler's.
  [[nodiscard]] Result<void> Feed(std::string_view piece);
  [[nodiscard]] Result<void> Finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bole::documents
