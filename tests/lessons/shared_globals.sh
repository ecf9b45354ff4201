#!/bin/bash
# shared_globals.sh - what lesson 11 prints is right in whatever order its threads run.
#
# The threads carry on one count; the process carries on main's, or begins anew where it
# is spawned, and main sees nothing of it either way.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=11_shared_globals

# has LINE [TIMES]: the output has it so often.
has() {
    local times
    times=$(grep -cxF -- "$1" "$work/out")
    [ "$times" -eq "${2:-1}" ] ||
        fail "$what: '$1' is there $times times, not ${2:-1}"
}

# check BUILD PROGRAM WORKERS TASKS BEGINNINGS SUM: SUM is where the process comes to.
check() {
    local build=$1 program=$2 workers=$3 tasks=$4 after=$(($3 * $4)) worker
    what="$build $program --workers $workers --tasks $tasks"

    run "$build" $folder/"$program" --workers "$workers" --tasks "$tasks" --delay 0
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    has 'main begins: the count is 0' "$5"
    has "main sees $after after the threads"
    has "subprocess added $tasks and came to $6"
    has "main sees $after after the process"
    for worker in $(seq "$workers"); do
        has "current task: thread-$worker"
    done
    # the last thread to finish has seen what all have added
    [ "$tasks" -eq 0 ] ||
        grep -qx "thread-[0-9]* added $tasks and came to $after" "$work/out" ||
        fail "$what: no thread came to $after"
    [ "$(wc -l <"$work/out")" -eq $((2 * workers + 4 + $5)) ] ||
        fail "$what: $(wc -l <"$work/out") lines"
}

for build in $(builds); do
    check "$build" lesson 2 10 1 30
    check "$build" lesson 1 3 1 6
    check "$build" lesson 5 2 1 12
    check "$build" lesson 3 0 1 0
    check "$build" spawned 2 10 2 10
    check "$build" spawned 3 1 2 1
done

# The lost additions are really lost: main sees less than what was added.
run build $folder/unsynchronised --delay 0
seen=$(sed -n 's/^main sees \([0-9]*\) after the threads$/\1/p' "$work/out")
[ "$seen" -ge 1 ] && [ "$seen" -lt 100 ] || fail "unsynchronised: main sees $seen"
grep -q "^WRONG RESULT: 2 threads added 50 each, and the count is $seen$" "$work/err" ||
    fail "unsynchronised does not say what is wrong"
run build $folder/unsynchronised --delay 0 --workers 1
[ "$status" -eq 0 ] || fail "unsynchronised: one thread alone counts wrong"

# Who holds the lock is named, though it lives in another process.
for build in $(builds); do
    run "$build" $folder/fork_with_threads --delay 0 --tasks 3
    grep -q '^  subprocess waits for lock guard, fork_with_threads.c:' "$work/err" &&
        grep -q '^      held by thread-[12] (process main), which took it at' \
            "$work/err" || fail "$build: fork_with_threads does not say who holds it"
    grep -q '^main sees 6 after the threads$' "$work/out" ||
        fail "$build: the threads of fork_with_threads do not go on"
done
run build $folder/fork_with_threads --tasks 0
[ "$status" -eq 0 ] || fail "fork_with_threads: nobody takes the lock, and yet: $status"
