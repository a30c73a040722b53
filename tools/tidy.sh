#!/usr/bin/env bash
# tidy.sh [FILE…]   clang-tidy over the named sources, else over all of the program
set -euo pipefail
cd "$(dirname "$0")/.."
[[ -f build/release/compile_commands.json ]] || { echo "Build first: ./run.sh --setup" >&2; exit 1; }
(($#)) || mapfile -t files < <(git ls-files -- 'src/*.cpp' ':!src/*_test.cpp')
(($#)) && files=("$@")
# GCC's warning flags that clang does not know are no findings.
printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p build/release \
  --extra-arg=-Wno-unknown-warning-option 2> >(grep -v 'warnings generated\|Suppressed\|Use -header-filter' >&2)
