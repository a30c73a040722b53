#!/usr/bin/env bash
# setup.sh [--tests] [packages|wheels|test_wheels|node|models|web|configure|build]…   all of them without a name
# Makes a bare Debian 12 able to build Bole, and builds it. Every step looks first whether it is needed: a repeat takes a second.
set -euo pipefail
# shellcheck source=tools/lib.sh
. "$(dirname "$0")/lib.sh"

TESTS=0
[[ ${1:-} == --tests ]] && { TESTS=1; shift; }

missing_packages() {
  local lists=("$ROOT/tools/packages/build.txt")
  ((TESTS)) && lists+=("$ROOT/tools/packages/test.txt")
  local wanted
  wanted=$(grep -hvE '^\s*(#|$)' "${lists[@]}" | LC_ALL=C sort -u)
  # shellcheck disable=SC2086
  LC_ALL=C comm -23 <(echo "$wanted") \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | awk '$2 == "installed" {print $1}' | LC_ALL=C sort -u)
}

setup_packages() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
    die "Bole builds on Debian 12 (bookworm): this machine has no apt-get."
  local missing
  missing=$(missing_packages)
  [[ -z $missing ]] && return 0
  ((EUID == 0)) || command -v sudo >/dev/null ||
    die "These Debian packages are missing; install them as root, then run this again:"$'\n'"  apt-get install --no-install-recommends ${missing//$'\n'/ }"
  ((EUID == 0)) || sudo -v
  step "Reading the package lists" as_root apt-get -q -o Acquire::Retries=3 update
  # A throw-away machine need not wait for the disk after every file: a third of the time.
  local fast=()
  [[ -n ${CI:-} ]] && fast=(-o Dpkg::Options::=--force-unsafe-io)
  # shellcheck disable=SC2086
  step "Installing $(wc -l <<<"$missing") Debian packages" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qy -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "${fast[@]}" install --no-install-recommends $missing
}

pip_install() { "$DEPS/venv/bin/python" -m pip install --disable-pip-version-check --no-input --retries 5 --progress-bar off "$@"; }

setup_wheels() {
  local hash
  hash=$(hash_of tools/requirements.txt)
  [[ -x $DEPS/venv/bin/python ]] && "$DEPS/venv/bin/python" -c '' 2>/dev/null && stamped wheels "$hash" && return 0
  [[ -x $DEPS/venv/bin/python ]] || step "Making the Python environment" python3 -m venv --clear "$DEPS/venv"
  step "Downloading the engines (wheels)" pip_install --no-deps -r "$ROOT/tools/requirements.txt"
  stamp wheels "$hash"
}

# schemathesis, for the tests only. The environment can be shared by several clones, so the stamp lies in it.
setup_test_wheels() {
  local hash stamp=$DEPS/venv/.test-wheels
  hash=$(hash_of tools/requirements-test.txt)
  [[ -f $stamp && $(<"$stamp") == "$hash" ]] && return 0
  step "Downloading the test tools (wheels)" pip_install --no-deps -r "$ROOT/tools/requirements-test.txt"
  printf '%s' "$hash" >"$stamp"
}

setup_node() {
  use_node && return 0
  step "Downloading Node" pip_install -r "$ROOT/tools/requirements-node.txt"
  use_node || die "Node 20.19 or newer could not be set up."
}

setup_models() {
  local hash
  hash=$(hash_of tools/models)
  stamped models "$hash" && [[ -d $DEPS/models-npm/node_modules ]] && return 0
  use_node || setup_node
  mkdir -p "$DEPS/models-npm"
  cp "$ROOT"/tools/models/package*.json "$DEPS/models-npm/"
  step "Downloading face models and dictionaries (npm)" npm --prefix "$DEPS/models-npm" ci --ignore-scripts --no-fund --no-audit
  stamp models "$hash"
}

build_web() { cd "$ROOT/web" && npm run build; }
setup_web() {
  local lock sources
  use_node || setup_node
  lock=$(hash_of web/package-lock.json)
  if ! stamped web-modules "$lock" || [[ ! -d $ROOT/web/node_modules ]]; then
    step "Downloading the web libraries (npm)" npm --prefix "$ROOT/web" ci --ignore-scripts --no-fund --no-audit
    stamp web-modules "$lock"
  fi
  sources=$(hash_of web)
  if ! stamped web "$sources" || ! ls "$ROOT"/web/apps/*/dist/index.html >/dev/null 2>&1; then
    step "Building the web interface" build_web
    stamp web "$sources"
  fi
}

# Several clones share the compiler cache in the user's home.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
setup_configure() {
  local cache=$ROOT/build/release/CMakeCache.txt
  if [[ ! -f $ROOT/build/release/build.ninja ]] || { ((TESTS)) && grep -q '^GTest_DIR:PATH=.*NOTFOUND' "$cache"; }; then
    cd "$ROOT" && step "Configuring" cmake --preset release
  fi
}
setup_build() {
  local targets=(bole)
  ((TESTS)) && targets=(all)
  cd "$ROOT"
  setup_configure
  # A build that has nothing to do is not worth a line.
  if ! (cmake --build --preset release --target "${targets[@]}" -- -n 2>/dev/null | grep -q 'no work to do'); then
    NINJA_STATUS='[%f/%t] ' step "Compiling (the first time takes a while)" \
      cmake --build --preset release --parallel "$(build_jobs)" --target "${targets[@]}"
  fi
}

if (($# == 0)); then
  set -- packages wheels node models web build
  ((TESTS)) && set -- packages wheels test_wheels node models web build
fi
for part in "$@"; do
  case $part in
    packages | wheels | test_wheels | node | models | web | configure | build) "setup_$part" ;;
    *) die "Unknown step: $part" ;;
  esac
done
