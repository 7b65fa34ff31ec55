# What the scripts beside this one share. To be sourced, with $version set to the name of the MySQL
# that they fetch. Everything is kept in target/mysql-$version of the root project: the programs for
# the next run, the data of one run only.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../../.." && pwd)
home=$root/target/mysql-$version
architecture=$(uname -m)

fail() {
  echo "$*" >&2
  exit 1
}

# Runs a command; its output is kept in a file and shown only when it fails.
quietly() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 || { cat "$log" >&2; fail "Failed: $1 (output above, kept in $log)"; }
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# run_tests <mysqld…> -- [modules [Maven's arguments…]]
# Starts an empty server, runs "mvn verify" on it, stops it, and exits with Maven's result.
run_tests() {
  local mysqld=()
  while [ "$1" != -- ]; do mysqld+=("$1"); shift; done
  shift
  local modules=${1:-domain,adapters-persistence}
  local arguments=("${@:2}")
  local instance=$home/instance port password waited=0
  port=$(free_port)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

  rm -rf "$instance"
  mkdir -p "$instance/tmp"
  (
    umask 077
    cat >"$instance/init.sql" <<SQL
CREATE USER app@'127.0.0.1' IDENTIFIED BY '$password';
GRANT ALL ON *.* TO app@'127.0.0.1' WITH GRANT OPTION;
ALTER USER root@localhost ACCOUNT LOCK;
SQL
  )
  mysqld+=(--datadir="$instance/data" --tmpdir="$instance/tmp" --secure-file-priv=)
  if [ "$(id -u)" = 0 ]; then mysqld+=(--user=root); fi

  "${mysqld[@]}" --version
  quietly "$instance/initialize.log" "${mysqld[@]}" --initialize-insecure --init-file="$instance/init.sql"
  # The socket's path is relative to the data: an absolute one may be too long.
  "${mysqld[@]}" --port="$port" --bind-address=127.0.0.1 --skip-name-resolve --socket=server.sock \
    --mysqlx=OFF >"$instance/server.log" 2>&1 &
  server=$!
  trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
  until grep -q "ready for connections.* port: $port" "$instance/server.log"; do
    kill -0 "$server" 2>/dev/null || { cat "$instance/server.log" >&2; fail "MySQL did not start"; }
    [ $((waited += 1)) -lt 600 ] || { cat "$instance/server.log" >&2; fail "MySQL is not ready after 60 s"; }
    sleep 0.1
  done
  echo "MySQL $version runs on port $port."

  (cd "$root" && mvn -pl "$modules" -am verify \
    -Dminilogin.test.jdbc-url="jdbc:mysql://127.0.0.1:$port/?user=app&password=$password" "${arguments[@]}")
}
