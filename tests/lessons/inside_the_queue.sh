#!/bin/bash
# inside_the_queue.sh - lesson 13's queue is right in whatever order its threads run,
# and its variants go wrong as they say and no worse.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=13_inside_the_queue

# check BUILD WORKERS TASKS CAPACITY DELAY
check() {
    run "$1" $folder/lesson --workers "$2" --tasks "$3" --capacity "$4" --delay "$5"
    local what="$1 --workers $2 --tasks $3 --capacity $4 --delay $5"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    [ "$(tail -n 1 "$work/out")" = "$3 of $3 items came out right" ] ||
        fail "not all items came out right: $what"
}

for build in $(builds); do
    check "$build" 1 50 1 0
    check "$build" 3 120 2 1
    check "$build" 8 2000 1 0
    check "$build" 5 2000 3 0
done
check build 3 0 2 0
check build 3 1 1 0
check build 4 1000 0 0
check build 40 20000 2 0

# What never goes wrong where one puts and one gets.
for variant in if_not_while one_condition; do
    run build $folder/$variant --workers 1 --delay 0
    [ "$status" -eq 0 ] || fail "$variant --workers 1 ends with $status"
done

# An item that is not there is taken from the ring, never from outside of it, and nobody
# waits for ever.
for build in $(builds); do
    for options in '--capacity 1 --workers 8' '--capacity 2 --tasks 1000' \
        '--capacity 3 --workers 2' '--capacity 0 --workers 5'; do
        # shellcheck disable=SC2086 # options and their values
        run "$build" $folder/if_not_while --delay 0 $options
        [ "$status" -le 1 ] || fail "$build: if_not_while $options ends with $status"
        grep -q ' items came out right$' "$work/out" ||
            fail "$build: if_not_while $options does not say how many are right"
    done

    run "$build" $folder/one_condition --delay 1
    for who in consumer producer; do
        grep -q "  $who-[0-2] waits for a notify on changed" "$work/err" ||
            fail "$build: one_condition does not tell which ${who}s wait"
    done
    run "$build" $folder/forgotten_signal --delay 1
    grep -q '  consumer-[0-2] waits for a notify on not_empty' "$work/err" ||
        fail "$build: forgotten_signal does not tell which consumers wait"
done
