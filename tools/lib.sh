# Shared by run.sh, test.sh and setup.sh: paths, messages, and long steps with visible progress and a quiet log.
# shellcheck shell=bash
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DEPS=$ROOT/.deps
STAMPS=$ROOT/build/stamps
LOG=$ROOT/build/setup.log
mkdir -p "$STAMPS"

say() { printf '%s\n' "$*"; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }

# step TITLE COMMAND…: runs COMMAND with its output in $LOG. On a terminal one line shows time and the last output; elsewhere
# a line appears every half minute. When COMMAND fails, the tail of its output is shown and the script ends.
step() {
  local title=$1 begin=$SECONDS part pid status=0 last next=30
  shift
  part=$(mktemp)
  say "[$(date +%H:%M:%S)] $title" >>"$LOG"
  [[ -t 1 ]] || printf '%s …\n' "$title"
  "$@" >"$part" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.3
    # A command that has said nothing yet is no failure of grep's.
    if [[ -t 1 ]]; then
      last=$(tail -c 400 "$part" | tr '\r' '\n' | { grep -v '^\s*$' || true; } | tail -n 1 | tr -d '\033' | cut -c1-"$((${COLUMNS:-100} - ${#title} - 14))")
      printf '\r\033[K%s … %ds %s' "$title" $((SECONDS - begin)) "$last"
    elif ((SECONDS - begin >= next)); then
      last=$(tail -c 400 "$part" | tr '\r' '\n' | { grep -v '^\s*$' || true; } | tail -n 1 | cut -c1-100)
      printf '  %d s: %s\n' $((SECONDS - begin)) "$last"
      next=$((next + 30))
    fi
  done
  wait "$pid" || status=$?
  cat "$part" >>"$LOG"
  if ((status)); then
    [[ -t 1 ]] && printf '\r\033[K'
    printf '%s: failed after %d s. The end of its output:\n\n' "$title" $((SECONDS - begin)) >&2
    tail -n 40 "$part" >&2
    rm -f "$part"
    die "All output: $LOG"
  fi
  rm -f "$part"
  if [[ -t 1 ]]; then printf '\r\033[K%s: done in %d s\n' "$title" $((SECONDS - begin)); else printf '  done in %d s\n' $((SECONDS - begin)); fi
}

# Runs as root: directly, or through sudo.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "Installing packages needs root: run this script as root, or install sudo."
  fi
}

# stamped NAME HASH: has this step been done for these inputs?   stamp NAME HASH: it has now.
stamped() { [[ -f $STAMPS/$1 && $(<"$STAMPS/$1") == "$2" ]]; }
stamp() { printf '%s' "$2" >"$STAMPS/$1"; }

# The hash of the named files and folders, without what is generated.
hash_of() {
  (cd "$ROOT" && find "$@" -type d \( -name node_modules -o -name dist \) -prune -o -type f -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-32)
}

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a,b]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&b>=19)?0:1)' 2>/dev/null
}
# Puts Node on the PATH: the machine's, else the one in the project's own environment.
use_node() {
  node_is_new_enough && return 0
  export PATH=$DEPS/venv/bin:$PATH
  hash -r
  node_is_new_enough
}

# As many compilers as processors, but at least 1.5 GB of memory for each.
build_jobs() {
  local memory_mb processors
  memory_mb=$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)
  processors=$(nproc)
  local by_memory=$((memory_mb / 1500))
  ((by_memory < 1)) && by_memory=1
  echo $((by_memory < processors ? by_memory : processors))
}
