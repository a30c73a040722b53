#!/usr/bin/env bash
# Installs what the tests need, builds, runs them and ends with "N passed, N failed".
#   ./test.sh         everything: checks, unit and store tests on SQLite and PostgreSQL, web, browser, kill test, fuzzing
#   ./test.sh quick   checks, unit tests and web tests; under a minute after a build
#   ./test.sh fuzz [SECONDS] [TARGET…]   fuzzing only: every reader of foreign bytes for SECONDS (60)
#   ./test.sh tidy [FILE…]   clang-tidy (all sources of the program, or the named ones)
set -euo pipefail
# shellcheck source=tools/lib.sh
. "$(dirname "$0")/tools/lib.sh"
cd "$ROOT"
mode=${1:-full}
case $mode in full | quick | fuzz | tidy) ;; *) sed -n '2,6s/^# \?//p' "$0"; exit 2 ;; esac

passed=0 failed=0 skipped=0
results=$ROOT/build/test-results
work=$(mktemp -d "${TMPDIR:-/tmp}/bole-test.XXXXXX")
chmod 755 "$work"
postgres=

finish() {
  local status=$?
  [[ -n $postgres ]] && tools/postgres.sh stop "$postgres" >/dev/null 2>&1
  rm -rf "$work"
  ((status != 0 && failed == 0)) && failed=1
  printf '%d passed, %d failed' "$passed" "$failed"
  ((skipped)) && printf ', %d skipped' "$skipped"
  printf '\n'
  ((failed == 0))
  exit
}
trap finish EXIT
trap 'exit 130' INT TERM

# count NAME PASSED FAILED SKIPPED: a runner that ran nothing has failed.
count() {
  if (($2 + $3 + $4 == 0)); then
    say "$1: ran nothing"
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  say "$1: $2 passed, $3 failed$( (($4)) && echo ", $4 skipped" || true)"
}

# check NAME COMMAND…: one test that is quiet when it passes.
check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    [[ -n $output ]] && say "$output"
    count "$name" 1 0 0
  else
    say "$output"
    count "$name" 0 1 0
  fi
}

sources() { git ls-files --cached --others --exclude-standard -- 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' | while read -r f; do [[ -f $f ]] && echo "$f"; done; }

run_checks() {
  check "format" bash -c "$(declare -f sources); sources | xargs clang-format --dry-run --Werror 2>&1 | grep -E 'error:' | head -20; exit \"\${PIPESTATUS[1]}\""
  check "allowed includes" python3 tools/check_edges.py
  [[ -f web/packages/api/openapi.json ]] && check "API client is current" tools/check_api.sh "$work/api"
  return 0
}

run_unit_tests() {
  rm -rf "$results/unit" && mkdir -p "$results/unit"
  local counts
  GTEST_OUTPUT=xml:$results/unit/ GTEST_COLOR=no ctest --preset release --parallel "$(nproc)" --quiet --output-on-failure \
    --output-junit "$results/ctest.xml" >"$results/ctest.log" 2>&1 || true
  counts=$(python3 tools/count_tests.py gtest "$results/ctest.xml" "$results/unit")
  tail -n +2 <<<"$counts"
  # shellcheck disable=SC2046
  count "C++ tests" $(head -n 1 <<<"$counts")
}

run_web_tests() {
  local folder name counts
  rm -rf "$results/web" && mkdir -p "$results/web"
  for folder in web/apps/* web/packages/*; do
    [[ -f $folder/package.json ]] && grep -q '"test":' "$folder/package.json" || continue
    name=$(basename "$folder")
    (cd "$folder" && CI=true npm test -- --reporter=dot --reporter=json --outputFile.json="$results/web/$name.json") \
      >"$results/web/$name.log" 2>&1 </dev/null || true
    counts=$(python3 tools/count_tests.py vitest "$results/web/$name.json" "$results/web/$name.log")
    tail -n +2 <<<"$counts"
    # shellcheck disable=SC2046
    count "web $name" $(head -n 1 <<<"$counts")
  done
}

# Scripts for Node that drive the real program: tests/e2e, tests/access and tests/kill. Files that begin with "_" are shared helpers.
run_e2e() {
  local file name status counts
  rm -rf "$results/e2e" && mkdir -p "$results/e2e"
  export BOLE_CHROMIUM BOLE_TEST_OUTPUT=$results/e2e
  BOLE_CHROMIUM=$(command -v chromium || command -v google-chrome || true)
  for file in tests/e2e/*.mjs tests/access/*.mjs tests/kill/*.mjs; do
    [[ -f $file ]] || continue
    name=$(basename "$file" .mjs)
    [[ $name == _* ]] && continue
    say "$name …"
    status=0
    timeout 1200 node "$file" >"$results/e2e/$name.log" 2>&1 </dev/null || status=$?
    counts=$(python3 tools/count_tests.py script "$results/e2e/$name.log" "$status")
    tail -n +2 <<<"$counts"
    # shellcheck disable=SC2046
    count "e2e $name" $(head -n 1 <<<"$counts")
  done
}

# libFuzzer; each target is one test.
run_fuzz() {
  local status=0 passed_here failed_here
  mkdir -p "$results"
  tools/fuzz.sh "$@" 2>&1 | tee "$results/fuzz.log" || status=$?
  passed_here=$(grep -c '^ok ' "$results/fuzz.log" || true)
  failed_here=$(grep -c '^not ok ' "$results/fuzz.log" || true)
  ((status != 0 && failed_here == 0)) && failed_here=1
  count "fuzz" "$passed_here" "$failed_here" 0
}

start_postgres() {
  postgres=$work/pg
  if ! tools/postgres.sh start "$postgres" >"$work/pg.log" 2>&1; then
    cat "$work/pg.log"
    count "PostgreSQL starts" 0 1 0
    return
  fi
  BOLE_TEST_PG_URL=$(tools/postgres.sh url "$postgres")
  export BOLE_TEST_PG_URL
}

if [[ $mode == fuzz ]]; then
  shift
  tools/setup.sh --tests packages wheels
  run_fuzz "$@"
  exit
fi
tools/setup.sh --tests
use_node

case $mode in
  quick)
    run_checks
    unset BOLE_TEST_PG_URL
    run_unit_tests
    run_web_tests
    ;;
  full)
    run_checks
    [[ -n ${BOLE_TEST_PG_URL:-} ]] || start_postgres
    run_unit_tests
    run_web_tests
    run_e2e
    run_fuzz
    ;;
  tidy)
    shift
    check "clang-tidy" tools/tidy.sh "$@"
    ;;
esac
