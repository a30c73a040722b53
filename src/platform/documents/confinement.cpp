#include "platform/documents/confinement.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fstream>
#include <vector>

namespace bole::documents {
namespace {

constexpr rlim_t kMemory = 512UL << 20U;
constexpr rlim_t kSeconds = 10;

bool Limit(int what, rlim_t value) {
  rlimit const limit{value, value};
  return ::setrlimit(static_cast<__rlimit_resource_t>(what), &limit) == 0;
}

// What the program's libraries have mapped already is not the document's.
rlim_t MappedBytes() {
  std::ifstream file("/proc/self/statm");
  rlim_t pages = 0;
  file >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

bool LimitResources() {
  return Limit(RLIMIT_AS, MappedBytes() + kMemory) && Limit(RLIMIT_CPU, kSeconds) && Limit(RLIMIT_FSIZE, 0) &&
         Limit(RLIMIT_CORE, 0) && Limit(RLIMIT_NOFILE, 16);
}

bool AllowOnlySharedFiles() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // all of its first version
  auto const set = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0));
  if (set < 0) return false;
  landlock_path_beneath_attr shared{};
  shared.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  shared.parent_fd = ::open("/usr/share", O_PATH | O_CLOEXEC);
  bool const done = shared.parent_fd >= 0 &&
                    ::syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &shared, 0) == 0 &&
                    ::syscall(SYS_landlock_restrict_self, set, 0) == 0;
  if (shared.parent_fd >= 0) ::close(shared.parent_fd);
  ::close(set);
  return done;
}

bool DenySystemCalls(bool files_too) {
#if defined(__x86_64__)
  constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "name the architecture of seccomp here"
#endif
  std::vector<unsigned> denied{SYS_socket,
                               SYS_socketpair,
                               SYS_connect,
                               SYS_bind,
                               SYS_listen,
                               SYS_accept4,
                               SYS_sendto,
                               SYS_sendmsg,
                               SYS_execve,
                               SYS_execveat,
                               SYS_ptrace,
                               SYS_process_vm_readv,
                               SYS_process_vm_writev,
                               SYS_kill,
                               SYS_tkill,
                               SYS_pidfd_open,
                               SYS_pidfd_send_signal,
                               SYS_pidfd_getfd,
                               SYS_unlinkat,
                               SYS_renameat2,
                               SYS_mount,
                               SYS_unshare,
                               SYS_setns,
                               SYS_bpf,
                               SYS_perf_event_open,
                               SYS_io_uring_setup,
                               SYS_userfaultfd,
                               SYS_keyctl,
                               SYS_add_key,
                               SYS_memfd_create,
                               SYS_fchmodat,
                               SYS_fchownat,
                               SYS_truncate,
                               SYS_clone3,
                               SYS_prlimit64};
#if defined(__x86_64__)
  for (unsigned const call : {SYS_fork, SYS_vfork, SYS_unlink, SYS_rename, SYS_chmod, SYS_chown, SYS_accept})
    denied.push_back(call);
#endif
  denied.push_back(SYS_clone);
  if (files_too) {
    for (unsigned const call : {SYS_openat, SYS_openat2}) denied.push_back(call);
#if defined(__x86_64__)
    denied.push_back(SYS_open);
#endif
  }
  std::vector<sock_filter> filter{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1),  // the numbers of x32
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  for (auto const call : denied) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog const program{static_cast<unsigned short>(filter.size()), filter.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

bool ConfineThisProcess() {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (!LimitResources()) return false;
  return DenySystemCalls(!AllowOnlySharedFiles());
}

}  // namespace bole::documents
