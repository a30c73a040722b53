#!/usr/bin/env bash
# Installs, builds and starts Bole on Debian 12. Repeat runs start in seconds.
#   ./run.sh [--setup] [--port N] [--no-demo] [--data DIR]
#   --setup     only install and build
#   --port N    listen on this port (8080)
#   --no-demo   start empty, without the demonstration bank
#   --data DIR  keep database, recordings and keys here (data/)
set -euo pipefail
# shellcheck source=tools/lib.sh
. "$(dirname "$0")/tools/lib.sh"

only_setup=0 demo=1
while (($#)); do
  case $1 in
    --setup) only_setup=1 ;;
    --no-demo) demo=0 ;;
    --port) [[ ${2:-} =~ ^[0-9]+$ ]] || die "--port needs a number"; export BOLE_HTTP_PORT=$2; shift ;;
    --data) [[ -n ${2:-} ]] || die "--data needs a folder"; mkdir -p "$2"; BOLE_DATA_DIR=$(cd "$2" && pwd); export BOLE_DATA_DIR; shift ;;
    -h | --help) sed -n '2,8s/^# \?//p' "$0"; exit 0 ;;
    *) die "Unknown option: $1 (see ./run.sh --help)" ;;
  esac
  shift
done

cd "$ROOT"
"$ROOT/tools/setup.sh"
if ((only_setup)); then
  say "Built. Start with ./run.sh, or use ./bole --help."
  exit 0
fi

data=${BOLE_DATA_DIR:-$ROOT/data}
./bole migrate
if ((demo)) && [[ ! -e $data/.demo-loaded ]]; then
  say "Loading the demonstration bank; its interviews run through the real pipeline. This happens once."
  ./bole demo load
  : >"$data/.demo-loaded"
fi

./bole serve &
server=$!
trap 'kill -TERM "$server" 2>/dev/null || true' INT TERM
url=http://127.0.0.1:${BOLE_HTTP_PORT:-8080}
for ((i = 0; i < 300; i++)); do
  kill -0 "$server" 2>/dev/null || break
  if curl -fsS -o /dev/null --max-time 2 "$url/readyz" 2>/dev/null; then
    sleep 0.2
    kill -0 "$server" 2>/dev/null || break # another program answered; ours has said what is wrong
    say
    if ((demo)); then ./bole demo info; else say "Bole is at $url — first account: ./bole user create-administrator NAME"; fi
    say "Stop with Ctrl+C."
    break
  fi
  sleep 0.1
done
status=0
wait "$server" || status=$?
# A signal ends the first wait; the server still writes what it holds.
while kill -0 "$server" 2>/dev/null; do wait "$server" || status=$?; done
((status == 130 || status == 143)) && status=0
exit "$status"
