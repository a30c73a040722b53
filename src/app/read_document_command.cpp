#include "app/cli_groups.hpp"
#include "platform/documents/isolated_reader.hpp"

namespace bole::app {

void AddReadDocumentCommand(CLI::App& app, int& status) {
  app.add_subcommand("read-document", "Read a PDF from standard input, confined")->group("")->callback([&status] {
    status = documents::ServeIsolatedReader();
  });
}

}  // namespace bole::app
