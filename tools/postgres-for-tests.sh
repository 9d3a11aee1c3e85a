#!/usr/bin/env bash
# Starts a PostgreSQL of its own for tests and prints its URL; stop ends it and takes it away. Debian's package `postgresql`
# must be installed. A database directory under /tmp, a free port, nothing of an installed cluster is touched.
#   url=$(tools/postgres-for-tests.sh start); ZHICHENG_DB="$url" .venv/bin/pytest tests/store; tools/postgres-for-tests.sh stop
set -euo pipefail
# One of each checkout: two test runs side by side do not stop each other's database.
home=${ZHICHENG_POSTGRES_TESTS:-/tmp/zhicheng-postgres-$(cd "$(dirname "$0")/.." && pwd | cksum | cut -d' ' -f1)}
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
if [ -z "$programs" ]; then
  echo "没有找到 PostgreSQL（/usr/lib/postgresql）。请先安装：apt-get install postgresql" >&2
  exit 2
fi

# PostgreSQL refuses to run as root: then the package's own user runs it.
as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start() {
  if [ -f "$home/url" ] && as_owner "$programs/pg_ctl" -D "$home/data" status >/dev/null 2>&1; then
    cat "$home/url"
    return
  fi
  rm -rf "$home"
  mkdir -p "$home"
  [ "$(id -u)" != 0 ] || chown postgres: "$home"
  port=$(free_port)
  # C.UTF-8 sorts as SQLite does; no fsync: these databases live for one test run
  as_owner "$programs/initdb" -D "$home/data" -U zhicheng --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  as_owner "$programs/pg_ctl" -D "$home/data" -l "$home/log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home -c fsync=off -c max_connections=60" start >/dev/null
  echo "postgresql://zhicheng@127.0.0.1:$port/postgres" >"$home/url"
  cat "$home/url"
}

stop() {
  [ -d "$home/data" ] || return 0
  as_owner "$programs/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$home"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *)
    echo "用法：$0 start|stop" >&2
    exit 2
    ;;
esac
