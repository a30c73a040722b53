#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/documents/text_reader.hpp"

namespace bole::documents {

// A PDF is attacker's food for a large foreign library, so it is read by a child process that can do nothing but read
// these bytes and answer with text (confinement.hpp). Other kinds are read in this process.
struct IsolationOptions {
  std::filesystem::path program = "/proc/self/exe";
  std::vector<std::string> arguments{"read-document"};  // make `program` call ServeIsolatedReader
  std::chrono::milliseconds timeout{10'000};
  std::size_t at_once = 2;  // children; who finds all taken waits as long as a child may run
};

// Errors besides ReadText's: document.too_slow{seconds}, document.unreadable (the child died: memory, a crash, a system
// call it must not make), document.busy and document.no_reader (kUnavailable). Thread-safe.
[[nodiscard]] TextReader MakeIsolatedReader(IsolationOptions options = {}, TextLimits limits = {});

// The child: confines itself, reads standard input, answers on standard output. Returns the exit status.
[[nodiscard]] int ServeIsolatedReader(TextLimits const& limits = {});

}  // namespace bole::documents
