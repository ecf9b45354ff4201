#!/bin/bash
# task_done_join.sh - what lesson 3 prints is right in whatever order its threads run.
#
# Each letter is printed as often as it was put; "waiting for jobs…" comes before
# "job finished", which comes after the last "get" and before the first "stop"; each
# worker stops once.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
lesson=03_task_done_join/lesson

# check_output WORKERS TASKS
check_output() {
    awk -v workers="$1" -v tasks="$2" '
        function wrong(why) { print "line " NR ": " why ": " $0; bad = 1; exit 1 }
        /^waiting for jobs…$/ {
            if (waiting++ || finished) wrong("too late, or twice")
            next
        }
        /^job finished$/ {
            if (finished++ || !waiting || gets != tasks) wrong("too early, or twice")
            next
        }
        /^[0-9]+ get [a-z]$/ {
            if (finished) wrong("comes after the end of the join")
            if ($1 >= workers) wrong("there is no such worker")
            gets++
            letter[$3]++
            next
        }
        /^[0-9]+ stop$/ {
            if (!finished) wrong("comes before the end of the join")
            if ($1 >= workers || stopped[$1]++) wrong("no such worker, or twice")
            stops++
            next
        }
        { wrong("should not be there") }
        END {
            if (bad) exit 1
            if (!finished || stops != workers) { print "lines are missing"; exit 1 }
            for (i = 0; i < 19; i++) {
                c = substr("qwertyuiopasdfghjkl", i + 1, 1)
                expected = int((tasks + 18 - i) / 19)
                if (letter[c] + 0 != expected) {
                    print c " is there " letter[c] + 0 " times, not " expected
                    exit 1
                }
            }
        }' "$work/out"
}

# check BUILD WORKERS TASKS [OPTION...]
check() {
    local build=$1 workers=$2 tasks=$3
    shift 3

    run "$build" $lesson --workers "$workers" --tasks "$tasks" "$@"
    local what="$build --workers $workers --tasks $tasks $*"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    check_output "$workers" "$tasks" || fail "$what"
}

seed=0
for workers in 1 5 16; do
    for tasks in 0 1 100; do
        seed=$((seed + 1))
        check build $workers $tasks --capacity $((seed % 4)) --seed $seed --delay 1
    done
done
check build 100 2000 --delay 0
check build 16 2000 --delay 0 --capacity 1

for build in $(builds); do
    check "$build" 5 19 --delay 5 --seed 1
    check "$build" 16 500 --delay 0 --seed 2
    check "$build" 4 100 --delay 0 --capacity 3 --seed 3
    check "$build" 4 100 --delay 0 --seed 4 --trace "$work/trace"
    check "$build" 3 0 --delay 0
done
