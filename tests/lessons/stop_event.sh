#!/bin/bash
# stop_event.sh - lesson 7: every directory that is there is counted once and rightly,
# and who is not there is skipped and said, whichever way the workers are stopped.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

files=$work/files
mkdir -p "$files/none" "$files/some/below/deeper" "$files/a b"
touch "$files/some/1" "$files/some/.2" "$files/some/below/3" \
    "$files/some/below/deeper/4" "$files/a b/5"
ln -s ../some "$files/a b/link"      # not followed
ln -s ../.. "$files/some/below/loop" # nor this, for ever
mkfifo "$files/a b/pipe"
red=$files/$(printf '\033[31mred\377') # an escape sequence, and no UTF-8
mkdir "$red"
touch "$red/6"
long=$files/$(printf '%0200d/%0200d/%0200d' 1 2 3)
mkdir -p "$long"
touch "$long/7"

# count PROGRAM OPTION...: runs it and checks its lines; all but the thread is known.
count() {
    what="$build/lessons/07_stop_event/$*"
    run "$build" "07_stop_event/$1" --delay 0 "${@:2}"
}

# lines FILE: the lines of a run, without which thread it was, and in one order.
lines() {
    sed -E 's/^from worker-[0-9]+: /from worker-N: /' "$1" | sort
}

{
    echo "$files/missing is not there: skipped"
    echo "assigned 7 directories to the workers"
    echo "from worker-N: 0 files in $files/none"
    echo "from worker-N: 0 files in $files/some/1"
    echo "from worker-N: 4 files in $files/some"
    echo "from worker-N: 4 files in $files/some"
    echo "from worker-N: 1 files in $files/a b"
    printf '%s\n' "from worker-N: 1 files in $files/"'\x1b[31mred\xff'
    echo "from worker-N: 1 files in $long"
} | sort >"$work/expected"

# Stopped in a healthy way: everything is said, in whatever order.
for build in $(builds); do
    for program in lesson sentinel queue_shutdown; do
        for workers in 1 2 9; do
            count $program --workers $workers --capacity $((workers % 3)) \
                "$files/missing" "$files/none" "$files/some/1" "$files/some" \
                "$files/some" "$files/a b" "$red" "$long"
            [ "$status" -eq 0 ] || fail "exit status $status: $what"
            [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
            lines "$work/out" | cmp - "$work/expected" || fail "wrong lines: $what"
        done
    done
    count lesson "$files/missing" # nothing is left to do
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ "$(wc -l <"$work/out")" -eq 2 ] || fail "wrong lines: $what"
done

# Without an argument: the kit's own folders, wherever one stands.
for build in $(builds); do
    for program in lesson sentinel queue_shutdown no_timeout; do
        (cd / && "${fixed_addresses[@]}" "$OLDPWD/$build/lessons/07_stop_event/$program" \
            --delay 0 >"$work/out" 2>"$work/err")
        for folder in common lessons tests viz; do
            number=$(find $folder -type f | wc -l)
            grep -qE "^from worker-[0-9]+: $number files in $folder$" "$work/out" ||
                fail "$build: $program does not count $number files in $folder"
        done
    done
done

# no_timeout: the flag of worker-0 was set, and it did not look at it any more.
build=build
count no_timeout
[ "$status" -eq 3 ] || fail "exit status $status: $what"
grep -q '^  main waits for worker-[0-9]* to end' "$work/err" ||
    fail 'no_timeout does not say what main waits for'
grep -q '^  worker-[0-9]* waits for an item on directories' "$work/err" ||
    fail 'no_timeout does not say what the workers wait for'

# An idle worker wakes about twenty times a second; with a shutdown it never does. The
# one worker too many idles for a second while the other's disk is slow.
has_command events || skip 'needs viz events'
command -v jq >/dev/null || skip 'needs jq'

# wakes PROGRAM: in how many gets an idle worker found nothing.
wakes() {
    run build "07_stop_event/$1" --workers 2 --delay 1000 --trace "$work/trace" lessons
    [ "$status" -eq 0 ] || fail "exit status $status: $1 --delay 1000"
    build/bin/viz events "$work/trace" |
        jq -s '[.[] | select(.event == "queue_get_failed" and .text == "timeout")] |
            length'
}
number=$(wakes lesson)
[ "$number" -ge 10 ] || fail "an idle worker wakes $number times in a second"
[ "$number" -le 25 ] || fail "an idle worker wakes $number times in a second"
for program in sentinel queue_shutdown; do
    number=$(wakes $program)
    [ "$number" -eq 0 ] || fail "$program: an idle worker wakes $number times"
done
