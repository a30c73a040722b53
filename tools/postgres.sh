#!/usr/bin/env bash
# postgres.sh start|url|stop DIR   a private PostgreSQL for tests: in DIR, reached only by a socket in it, gone with it
set -euo pipefail
command=$1 dir=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[[ -n $bin ]] || { echo "PostgreSQL is not installed" >&2; exit 1; }
# The server refuses root: then an unprivileged user runs it.
run() {
  if ((EUID == 0)); then
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups env HOME="$dir" LC_ALL=C.UTF-8 "$@")
  else
    (cd / && LC_ALL=C.UTF-8 "$@")
  fi
}
case $command in
  start)
    mkdir -p "$dir"
    if ((EUID == 0)); then chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$dir"; fi
    chmod 700 "$dir"
    run "$bin/initdb" -D "$dir/data" -U bole --auth=trust --encoding=UTF8 --no-sync >/dev/null
    # Speed instead of safety: nothing here outlives the run.
    run "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
      -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start
    ;;
  url) echo "postgresql:///postgres?host=$dir&user=bole" ;;
  stop) run "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop ;;
  *) echo "usage: postgres.sh start|url|stop DIR" >&2; exit 2 ;;
esac
