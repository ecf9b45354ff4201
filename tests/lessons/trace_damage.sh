#!/bin/bash
# trace_damage.sh - what the commands say to a trace that is cut, damaged or no trace,
# and that nothing that a killed lesson printed is missing in its trace.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
viz=${BUILD:-build}/bin/viz
lesson=${BUILD:-build}/lessons/03_task_done_join/lesson
killed=0 # lessons that were killed while they ran

[ -x "$viz" ] || skip 'viz is not built'
command -v jq >/dev/null || skip 'jq is not installed'

# refuses WORDS ARGUMENT...: viz says so in one line, prints nothing, and returns 2.
refuses() {
    local words=$1 status
    shift

    timeout 20 "$viz" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ $status -eq 2 ] || fail "viz $*: exit status $status"
    [ ! -s "$work/out" ] || fail "viz $*: it prints something"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "viz $*: not one line on stderr"
    grep -q -- "$words" "$work/err" || fail "viz $*: $(cat "$work/err")"
}

every_command_refuses() {
    refuses "$1" replay "$2"
    refuses "$1" replay --dump=80x24 "$2"
    refuses "$1" events "$2"
    refuses "$1" check "$2"
}

# The commands end by themselves with a sensible status, whatever is in the file.
survives() {
    local command

    for command in 'replay' 'replay --dump=80x24' 'events' 'check'; do
        # shellcheck disable=SC2086 # it is several words
        timeout 20 "$viz" $command "$1" >"$work/out" 2>"$work/err" </dev/null
        case $? in
        0 | 1 | 2) ;;
        *) fail "viz $command: exit status $? on $(basename "$1")" ;;
        esac
        LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' "$work/out" &&
            fail "viz $command lets control characters out"
    done
}

what_is_no_trace_is_refused() {
    : >"$work/empty"
    echo 'int main(void);' >"$work/text"
    head -c 100000 /dev/urandom >"$work/random"
    every_command_refuses 'no trace' "$work/empty"
    every_command_refuses 'no trace' "$work/text"
    every_command_refuses 'no trace' "$work/random"
    every_command_refuses 'No such file' "$work/missing"
    every_command_refuses 'regular file' "$work"
    every_command_refuses 'regular file' /dev/null
    printf 'viztrace\143\0\0\0' | cat - "$work/random" >"$work/version"
    every_command_refuses 'version 99' "$work/version"
}

a_cut_trace_is_refused_or_shorter() {
    local size length count first # where the events begin

    "$lesson" --delay 0 --seed 7 --trace "$work/whole" >/dev/null || fail 'no trace'
    size=$(stat -c %s "$work/whole")
    count=$("$viz" events "$work/whole" | wc -l)
    first=$((size - 64 * count))
    for length in 8 100 4095 4096 5000 $first $((first + 63)); do
        head -c $length "$work/whole" >"$work/cut"
        every_command_refuses 'cut off before its first event' "$work/cut"
    done
    for length in $((first + 64)) $((size - 6400)) $((size - 1)); do
        head -c $length "$work/whole" >"$work/cut"
        survives "$work/cut"
        "$viz" check "$work/cut" >"$work/out" || fail "viz check, cut at $length"
        grep -q 'the file is cut: the last [0-9]* event' "$work/out" ||
            fail "viz check does not tell that the file is cut at $length"
    done
    [ "$("$viz" events "$work/cut" | wc -l)" -eq $((count - 1)) ] ||
        fail 'one byte less is not one event less'
}

random_bytes_do_no_harm() {
    local i size
    RANDOM=7

    size=$(stat -c %s "$work/whole")
    for i in {1..60}; do
        [ $((i % 6)) -ne 1 ] || cp "$work/whole" "$work/damaged"
        # shellcheck disable=SC2059 # it is made of numbers
        printf "$(printf '\\x%02x' $((RANDOM % 256)) $((RANDOM % 256)))" |
            dd of="$work/damaged" bs=1 conv=notrunc status=none \
                seek=$((16 + (RANDOM * 32768 + RANDOM) % (size - 16)))
        [ $((i % 3)) -ne 0 ] || survives "$work/damaged"
    done
}

# Runs the lesson and kills it once it has printed that many lines.
run_and_kill() {
    "$lesson" --delay "$2" --tasks 100000 --capacity 9 --seed 7 --trace "$work/killed" \
        >"$work/printed" &
    local child=$!
    children+=("$child")
    while [ "$(wc -l <"$work/printed")" -lt "$1" ] && kill -0 $child 2>/dev/null; do
        :
    done
    kill -KILL $child 2>/dev/null && killed=$((killed + 1))
    wait $child 2>/dev/null
}

every_line_that_a_killed_lesson_printed_is_in_its_trace() {
    local lines i

    for i in {1..20}; do
        lines=$((i % 10 == 0 ? i * 50 : i * i / 4))
        run_and_kill $lines $((i % 3))
        [ -e "$work/killed" ] || continue # before its trace began it printed nothing
        "$viz" check "$work/killed" >"$work/out" ||
            fail "viz check after the kill at line $lines: $(cat "$work/out")"
        "$viz" events "$work/killed" |
            jq -r 'select(.event == "say") | .text' >"$work/recorded"
        # what was printed last may be recorded and not yet printed, never the reverse
        head -n "$(wc -l <"$work/printed")" "$work/recorded" |
            cmp -s - "$work/printed" ||
            fail "a printed line is not in the trace, killed at line $lines"
        "$viz" replay --dump=80x24 "$work/killed" | head -n 1 | grep -q 'KILLED' ||
            fail 'the replay does not say that it was killed'
        [ $((i % 5)) -ne 0 ] || survives "$work/killed"
        rm -f "$work/killed"
    done
    [ $killed -ge 15 ] || fail "only $killed of 20 lessons were killed in time"
}

what_is_no_trace_is_refused
a_cut_trace_is_refused_or_shorter
random_bytes_do_no_harm
every_line_that_a_killed_lesson_printed_is_in_its_trace
