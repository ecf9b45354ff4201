#!/bin/bash
# fuzz.sh - damaged traces do no harm: looks for those that do, for some seconds.
#
# usage: tests/fuzz/fuzz.sh [SECONDS [PROGRAM]]
#
# Begins with small recordings of every lesson and with what once failed (found/). The
# program is the fuzzer that is built with AddressSanitizer, or one with libFuzzer, which
# "make fuzz" builds. What fails is copied to build/fuzz-failed.

set -u
cd "$(dirname "$0")/../.." || exit 1

seconds=${1:-5}
program=$PWD/${2:-build/address/tests/fuzz/trace_fuzz}
[ -x "$program" ] || {
    echo "it is not built: make SAN=address fuzz-program"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

mkdir "$work/seeds"
for lesson in build/lessons/*/lesson build/lessons/*/join_first \
    build/lessons/*/unread_failure build/lessons/*/missing_task_done; do
    name=${lesson#build/lessons/}
    [ -x "$lesson" ] && timeout 20 "$lesson" --tasks 3 --workers 2 --delay 0 \
        --trace "$work/seeds/${name//\//-}" >/dev/null 2>&1 </dev/null
done
# A lesson's seed may be too long to be looked at quickly.
find "$work/seeds" -size +300k -delete
cp tests/fuzz/found/*.trace "$work/seeds/" 2>/dev/null
[ "$(find "$work/seeds" -type f | wc -l)" -ge 5 ] || {
    echo "FAILED: no recordings to begin with"
    exit 1
}

cd "$work" || exit 1
if grep -q LLVMFuzzerRunDriver "$program"; then
    "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -max_len=400000 -len_control=0 -print_final_stats=1 seeds >"$work/log" 2>&1
else
    "$program" "$seconds" seeds/* >"$work/log" 2>&1
fi
status=$?
if [ $status -ne 0 ]; then
    tail -n 60 "$work/log"
    mkdir -p "$OLDPWD/build/fuzz-failed"
    cp crash-* timeout-* oom-* "$OLDPWD/build/fuzz-failed/" 2>/dev/null
    echo "FAILED: exit status $status; the input is in build/fuzz-failed/"
    exit 1
fi
tail -n 1 "$work/log"
