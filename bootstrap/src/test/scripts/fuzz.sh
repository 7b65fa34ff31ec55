#!/usr/bin/env bash
# Looks for inputs that break what the tests named *FuzzTest promise, guided by the code that an
# input reaches (Jazzer). "mvn verify" only replays the inputs in src/test/resources/…/*FuzzTestInputs.
#
#   fuzz.sh [seconds [targets]]     seconds for each target: 60; targets: a part of Class#method
#
# An input that breaks something is put where "mvn verify" replays it from then on: give it a name
# that says what it shows. What is merely interesting is kept in the modules' .cifuzz-corpus, for the
# next run. Prints a line for each target, and fails if one was broken.
set -uo pipefail
cd "$(dirname "$0")/../../../.."
seconds=${1:-60}
wanted=${2:-}
log=target/fuzz
libraries='com.fasterxml.jackson.core.**,io.micronaut.serde.**,io.micronaut.json.**,io.micronaut.http.server.**,io.netty.handler.codec.http.**'
status=0

mkdir -p "$log"
while IFS=: read -r file method; do
  class=$(basename "$file" .java)
  target=$class#$method
  case $target in *"$wanted"*) ;; *) continue ;; esac
  JAZZER_FUZZ=1 mvn -q test -pl "${file%%/*}" -am -Dtest="$target" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfuzz.hooks=true -Dfuzz.jvm.arguments="-Xmx2g -Djazzer.max_duration=${seconds}s -Djazzer.instrument=dev.minilogin.**,$libraries" \
    >"$log/$target.log" 2>&1
  result=$?
  runs=$(grep -oE '^(Done [0-9]+ runs|#[0-9]+.*)' "$log/$target.log" | tail -1)
  if [ $result = 0 ] && [[ $runs = Done* ]]; then
    echo "$target: ${runs#Done }, $(grep -oE 'cov: [0-9]+ ft: [0-9]+ corp: [0-9]+' "$log/$target.log" | tail -1)"
  else
    echo "$target: BROKEN, see $log/$target.log"
    status=1
  fi
done < <(
  grep -rl --include='*FuzzTest.java' '@FuzzTest' -- */src/test/java | sort | while read -r file; do
    grep -A1 '@FuzzTest' "$file" | sed -nE "s|^ *void ([a-z_0-9]+)\(.*|$file:\1|p"
  done
)
exit $status
