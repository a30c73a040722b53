#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <new>

#include "platform/documents/confinement.hpp"
#include "platform/documents/isolated_reader.hpp"

namespace {

// Tries what a document must never reach; prints the names of what worked.
int Probe() {
  if (!bole::documents::ConfineThisProcess()) return 3;
  auto const tell = [](bool worked, char const* what) {
    if (worked) std::printf("%s ", what);
  };
  tell(::open("/etc/passwd", O_RDONLY) >= 0, "read");
  tell(::open("/tmp/bole-probe", O_WRONLY | O_CREAT, 0600) >= 0, "write");
  tell(::socket(AF_INET, SOCK_STREAM, 0) >= 0, "network");
  auto const child = ::fork();
  if (child == 0) ::_exit(0);
  tell(child > 0, "process");
  tell(::execl("/bin/true", "true", nullptr) == 0, "program");
  auto* const much = new (std::nothrow) char[600UL << 20U];
  if (much != nullptr) std::memset(much, 1, 1);
  tell(much != nullptr, "memory");
  std::printf("confined\n");
  return std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && std::strcmp(arguments[1], "probe") == 0) return Probe();
  return bole::documents::ServeIsolatedReader();
}
