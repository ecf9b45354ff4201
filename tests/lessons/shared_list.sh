#!/bin/bash
# shared_list.sh - lesson 5: under its lock no append is lost, in whatever order; without
# the lock ThreadSanitizer speaks, and the list is short but whole; where each call is
# locked and the pair is not, nothing is lost and the list is too long.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

# check_list LEAST MOST: what main prints is a list of that length: slots in order, each
# item one that was appended, and none twice; $length is what it is.
check_list() {
    awk -v least="$1" -v most="$2" '
        function wrong(why) { print "line " NR ": " why ": " $0; bad = 1; exit 1 }
        /^worker-[0-9]+ appended [0-9]+$/ {
            if (length_ > 0) wrong("main printed before all had ended")
            if (appended[$3]++) wrong("appended twice")
            next
        }
        /^slot [0-9]+: [0-9]+$/ {
            if ($2 != length_ + 0 ":") wrong("not in order")
            length_++
            if (!($3 in appended)) wrong("nobody appended it")
            if (listed[$3]++) wrong("twice in the list")
            next
        }
        { wrong("should not be there") }
        END {
            if (bad) exit 1
            if (length_ + 0 < least || length_ + 0 > most) {
                print length_ + 0 " items, not " least " to " most
                exit 1
            }
        }' "$work/out"
}

# check BUILD PROGRAM STATUS LEAST MOST OPTION...
check() {
    local build=$1 program=$2 expected=$3 least=$4 most=$5
    shift 5

    run "$build" "05_shared_list/$program" "$@"
    local what="$build/lessons/05_shared_list/$program $*"
    [ "$status" -eq "$expected" ] || fail "exit status $status, not $expected: $what"
    check_list "$least" "$most" || fail "$what"
}

for build in $(builds); do
    for workers in 1 5 16; do
        for tasks in 0 1 40; do
            check "$build" lesson 0 $tasks $tasks \
                --workers $workers --tasks $tasks --delay 0 --seed $((workers + tasks))
        done
    done
    # one worker alone goes wrong in neither variant
    check "$build" lost_append 0 10 10 --workers 1 --delay 0
    check "$build" check_then_act 0 10 10 --workers 1 --delay 0
    for workers in 4 9; do
        check "$build" check_then_act 1 11 $((10 + workers - 1)) \
            --workers $workers --delay 1
    done
done
check build lesson 0 10 10 --delay 5 --trace "$work/trace"

# lost_append: each item that is in the list is there once, and some are not.
for build in build build/address; do
    [ -d "$build/lessons" ] || continue
    for seed in 1 2 3; do
        check "$build" lost_append 1 1 9 --delay 1 --seed $seed
        grep -q '^WRONG RESULT: 10 items were appended, and [1-9] are in the list$' \
            "$work/err" || fail "$build: lost_append does not count what is lost"
    done
done

# What is lost is a data race: ThreadSanitizer must say so, recorded or not.
[ -d build/thread/lessons ] || exit 0
for options in '--delay 0' '--delay 3' "--delay 0 --trace $work/trace"; do
    for _ in 1 2 3; do
        # shellcheck disable=SC2086 # several options
        run build/thread 05_shared_list/lost_append $options
        told_data_race || fail "ThreadSanitizer sees no data race: lost_append $options"
    done
done
