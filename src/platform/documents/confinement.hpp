#pragma once

namespace bole::documents {

// From here on this process has no network, starts nothing, opens files for reading only and only below /usr/share
// (character maps of poppler-data), writes to nothing but its open pipes, has 512 MiB and 10 seconds of processor more,
// and dies with its parent. Landlock and seccomp; a kernel without Landlock lets it open no file at all. False when the
// kernel refuses: read nothing then.
[[nodiscard]] bool ConfineThisProcess();

}  // namespace bole::documents
