#!/usr/bin/env bash
# fuzz.sh [SECONDS] [TARGET]…   builds tests/fuzz with clang and runs every target for SECONDS (60), one on each processor
# Prints "ok TARGET: …" or "not ok TARGET" with the end of its output; the input that broke it lies in build/fuzz/found/.
set -euo pipefail
# shellcheck source=tools/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$ROOT"
seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "fuzz.sh [SECONDS] [TARGET]…"
shift || true
targets=("$@")
(($#)) || mapfile -t targets < <(sed -n 's/^bole_fuzz(\([a-z_]*\) .*/\1/p' tests/fuzz/CMakeLists.txt)
folder=$ROOT/build/fuzz

export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
[[ -f $folder/build.ninja ]] || step "Configuring the fuzz targets (clang)" cmake --preset fuzz
cmake --build --preset fuzz -- -n 2>/dev/null | grep -q 'no work to do' ||
  step "Compiling the fuzz targets (clang)" cmake --build --preset fuzz --parallel "$(build_jobs)"

# What a run found stays in build/fuzz/corpus and makes the next one deeper; the committed seeds come first.
rm -rf "$folder/found" "$folder/logs" && mkdir -p "$folder/found" "$folder/logs" "$folder/corpus"
ASAN_OPTIONS=detect_leaks=0 "$folder/bin/fuzz_seeds" "$folder/seeds" 2>"$folder/logs/seeds.log" || die "The seeds could not be made: $folder/logs/seeds.log"

# Bounded in length, memory and time for one input. libav, poppler and fontconfig keep tables for the life of the process: no leaks are counted there.
fuzz_one() {
  local name=$1 length=4096 leaks=1
  case $name in media) length=65536 leaks=0 ;; pdf) length=65536 leaks=0 ;; xlsx | docx) length=16384 ;; esac
  mkdir -p "$folder/corpus/$name" "$folder/seeds/$name" "tests/fuzz/corpus/$name"
  ASAN_OPTIONS=detect_leaks=$leaks:allocator_may_return_null=1 "$folder/bin/fuzz_$name" -max_total_time="$seconds" -max_len=$length \
    -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 -artifact_prefix="$folder/found/$name-" \
    "$folder/corpus/$name" "$folder/seeds/$name" "tests/fuzz/corpus/$name" >"$folder/logs/$name.log" 2>&1 </dev/null
}

failed=0
report() {
  local name=$1 log=$folder/logs/$1.log
  if (($2 == 0)) && grep -q '^stat::number_of_executed_units: [1-9]' "$log"; then
    say "ok $name: $(sed -n 's/^stat::number_of_executed_units: //p' "$log") inputs"
  else
    failed=$((failed + 1))
    say "not ok $name"
    grep -vE '^#[0-9]+\s+(NEW|REDUCE|pulse)|^stat::' "$log" | tail -n 40
  fi
}

# As many at once as there are processors; each is waited for by its own id, so that its verdict is its own.
running=() names=()
collect() {
  local status=0
  wait "${running[0]}" || status=$?
  report "${names[0]}" "$status"
  running=("${running[@]:1}") names=("${names[@]:1}")
}
for name in "${targets[@]}"; do
  ((${#running[@]} < $(nproc))) || collect
  fuzz_one "$name" &
  running+=($!) names+=("$name")
done
while ((${#running[@]})); do collect; done
((failed == 0))
