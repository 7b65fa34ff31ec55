#!/usr/bin/env bash
# Runs the tests on MySQL 9, out of Debian's package in its unstable suite, which is unpacked with
# all the libraries it needs into target/mysql-9: nothing is installed, no root needed.
#
#   verify-on-mysql-9.sh [modules [Maven's arguments…]]     modules: domain,adapters-persistence
#
# Needs a Debian machine (apt-get, dpkg); asks the mirror that apt is set up with, or DEBIAN_MIRROR.
set -euo pipefail
version=9
. "$(dirname "$0")/mysql-functions.sh"

keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt=$home/apt
tree=$home/root

# apt-get with state of its own, in which nothing is installed yet: so all libraries come along.
own_apt_get() {
  apt-get -q -y -oDir::Etc::sourcelist="$apt/sources.list" -oDir::Etc::sourceparts=/dev/null \
    -oDir::Etc::preferences=/dev/null -oDir::Etc::preferencesparts=/dev/null \
    -oDir::State="$apt" -oDir::State::status="$apt/status" -oDir::Cache="$apt/cache" -oDir::Log="$apt" \
    -oAPT::Sandbox::User="$(id -un)" -oAcquire::Languages=none \
    -oAPT::Update::Post-Invoke-Success::= -oDPkg::Post-Invoke::= "$@"
}

if [ ! -e "$home/complete" ]; then
  mirror=${DEBIAN_MIRROR:-$(apt-get update --print-uris | sed -n "s|^'\(.*/debian\)/dists/.*|\1|p" | head -1)}
  [ -n "$mirror" ] || fail "apt has no Debian mirror; name one in DEBIAN_MIRROR"
  echo "Fetching MySQL $version (60 MB, only this once) to $home …"
  rm -rf "$home"
  mkdir -p "$apt"/{lists,cache/archives}/partial
  : >"$apt/status"
  echo "deb [arch=$(dpkg --print-architecture) signed-by=$keyring] $mirror sid main" >"$apt/sources.list"
  quietly "$home/update.log" own_apt_get update
  quietly "$home/download.log" own_apt_get --no-install-recommends --download-only install mysql-server-core
  for folder in lib lib64 bin sbin; do
    mkdir -p "$tree/usr/$folder"
    ln -s "usr/$folder" "$tree/$folder"
  done
  for package in "$apt"/cache/archives/*.deb; do dpkg -x "$package" "$tree"; done
  rm -rf "$apt"
  touch "$home/complete"
fi

libraries=$tree/usr/lib/$architecture-linux-gnu
mysqld=("$libraries"/ld-linux-*.so.? --library-path "$libraries:$tree/usr/lib/mysql/private" "$tree/usr/sbin/mysqld")
"${mysqld[@]}" --no-defaults --version | grep -q "Ver $version\." || fail "Debian's unstable suite has no MySQL $version any more"

run_tests "${mysqld[@]}" --no-defaults --basedir="$tree/usr" --plugin-dir="$tree/usr/lib/mysql/plugin" \
  --lc-messages-dir="$tree/usr/share/mysql" --character-sets-dir="$tree/usr/share/mysql/charsets" -- "$@"
