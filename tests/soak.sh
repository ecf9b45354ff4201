#!/bin/bash
# soak.sh - the long runs, which "make soak" calls: what happens once in a thousand.
#
# usage: tests/soak.sh [RUNS [WORD]]    1000 runs where nothing else is said; only the
#                                       programs whose name contains the word
#
#   - RUNS healthy runs of every lesson that ends with 0, two at a time and on a busy
#     machine: each ends with 0 and says nothing on stderr, so no deadlock is reported
#     where there is none. They differ in seed, workers, capacity and naps.
#   - a tenth of that for each healthy variant, some of which are slow on purpose
#   - every other variant ends as its opening comment says, RUNS / 20 times: with its own
#     options but for short naps, since it shows its point with those
#   - RUNS / 20 recorded runs of lesson 3 keep every invariant
#
# The environment variable SOAK_RUNS does the same as the argument.

set -u
cd "$(dirname "$0")/.." || exit 1

runs=${1:-${SOAK_RUNS:-1000}}
word=${2:-}
if ! [[ $runs =~ ^[1-9][0-9]*$ ]]; then
    echo "soak.sh: RUNS is a number, not '$runs'" >&2
    exit 2
fi
rare=$(((runs + 19) / 20))
at_once=$(($(nproc) > 2 ? $(nproc) : 2))
unset VIZ_TRACE

work=$(mktemp -d)
busy=()
at_end() {
    kill "${busy[@]}" 2>/dev/null
    rm -rf "$work"
}
trap at_end EXIT
trap 'exit 130' INT TERM HUP

# Keeps every processor busy beside the runs.
for ((i = 0; i < $(nproc); i++)); do
    (while :; do :; done) &
    busy+=($!)
done

# one PROGRAM EXPECTED NUMBER: a run with options made from its number; says what is
# wrong, if anything, in a file of its own.
one() {
    local program=$1 expected=$2 n=$3 errors status
    local options=(--seed "$n" --delay $((n % 7 == 0 ? 2 : 0)))

    [ "$expected" -ne 0 ] ||
        options+=(--workers $((1 + n % 17)) --capacity $((n % 4))
            --tasks $((n % 3 == 0 ? 19 : 1 + n % 200)))

    errors=$(timeout 60 "$program" "${options[@]}" 2>&1 >/dev/null </dev/null)
    status=$?
    [ "$expected" -eq 0 ] || errors= # the others say why they end so
    if [ $status -ne "$expected" ] || [ -n "$errors" ]; then
        echo "$program ${options[*]}: exit status $status, not $expected
$errors" >"$work/failed-$(basename "$program")-$n"
    fi
}
export -f one
export work

# many PROGRAM EXPECTED COUNT
many() {
    local program=$1 expected=$2 count=$3 done=0 part

    while [ $done -lt "$count" ]; do
        part=$((count - done < 500 ? count - done : 500))
        seq $((done + 1)) $((done + part)) |
            xargs -P $at_once -I N bash -c 'one "$@"' bash "$program" "$expected" N
        done=$((done + part))
        printf '%6d of %d  %s\n' $done "$count" "${program#build/lessons/}"
    done
}

total=0
healthy=()
for source in lessons/*/*.c; do
    [[ $source == *"$word"* ]] || continue
    expected=$(sed -n 's/^ \* Ends: *\([0-9][0-9]*\).*/\1/p' "$source" | head -n 1)
    program=build/${source%.c}
    if [ "$expected" = 0 ]; then
        healthy+=("$program")
    else
        many "$program" "$expected" $rare
        total=$((total + rare))
    fi
done
for program in "${healthy[@]}"; do
    count=$(((runs + 9) / 10))
    [[ $program != */lesson ]] || count=$runs
    many "$program" 0 "$count"
    total=$((total + count))
done

echo "recorded runs: $rare"
tests/lessons/trace_check.sh $rare >"$work/check" 2>&1
case $? in
0) ;;
77) cat "$work/check" ;;
*) cp "$work/check" "$work/failed-trace-check" ;;
esac

failed=$(find "$work" -name 'failed-*' | wc -l)
find "$work" -name 'failed-*' | head -n 20 | xargs -r cat
echo "soak: $total runs, $rare recorded ones, $failed failed"
[ "$failed" -eq 0 ]
