#!/bin/bash
# manager.sh - what lesson 10 prints is right in whatever order its processes run.
#
# Every task's process id is in the list, and its message in the queue, as often as it
# ran a task. The variants: nothing arrives; additions are lost; a failure is told. And
# who is killed, a worker or the manager, keeps nobody waiting.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=10_manager

# numbers WORDS: the process ids in the lines with these words, sorted.
numbers() { grep "$1" "$work/out" | grep -o '[0-9][0-9]*' | sort; }

# check BUILD WORKERS TASKS [OPTION...]
check() {
    local build=$1 workers=$2 tasks=$3 ids what
    shift 3

    run "$build" $folder/lesson --workers "$workers" --tasks "$tasks" "$@"
    what="$build lesson --workers $workers --tasks $tasks $*"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    ids=$(numbers 'is done sleeping$')
    [ "$(grep -c 'is done sleeping$' "$work/out")" -eq "$tasks" ] ||
        fail "not each task is run once: $what"
    [ "$(echo "$ids" | uniq | wc -l)" -le "$workers" ] || fail "too many workers: $what"
    [ "$(numbers '^in the list: ')" = "$ids" ] || fail "not the ids in the list: $what"
    [ "$(numbers '^in the queue: .* put this message$')" = "$ids" ] ||
        fail "not the messages in the queue: $what"
    [ "$(sed '1,/^in the /d' "$work/out" | grep -vc '^in the ')" -eq 0 ] ||
        fail "main reads before all is done: $what"
}

for workers in 1 3 16; do
    for tasks in 0 1 40; do
        check build $workers $tasks --delay 0
    done
done
for build in $(builds); do
    check "$build" 4 8 --delay 5
    check "$build" 8 50 --delay 1 --trace "$work/trace"
    ! has_command check || build/bin/viz check "$work/trace" >/dev/null ||
        fail "$build lesson: viz check finds something"

    run "$build" $folder/plain_list --delay 1 --tasks 20
    [ "$(grep -c '^in the list' "$work/out")" -eq 0 ] &&
        [ "$(grep -c '^in the queue' "$work/out")" -eq 20 ] ||
        fail "$build plain_list: not the messages alone"

    run "$build" $folder/read_modify_write --delay 1 --tasks 20
    total=$(sed -n 's/^in the list: //p' "$work/out")
    [ "$total" -ge 1 ] && [ "$total" -lt 20 ] ||
        fail "$build read_modify_write: $total of 20"
    run "$build" $folder/read_modify_write --delay 1 --workers 1
    [ "$status" -eq 0 ] || fail "$build read_modify_write: one worker loses something"

    run "$build" $folder/unread_failure --delay 1
    grep -q '^UNREAD FAILURE: task-0 failed: [0-9]* cannot sleep here$' "$work/err" &&
        [ "$(grep -c UNREAD "$work/err")" -eq 1 ] &&
        [ "$(grep -c '^in the list' "$work/out")" -eq 7 ] ||
        fail "$build unread_failure does not tell of one failure"
done

# start BUILD WORKERS TASKS DELAY: the lesson, in a group of its own, until all workers
# are at a task.
all_sleep() { [ "$(grep -c ' sleeps for ' "$work/out")" -ge "$1" ]; }
start() {
    local build=$1 workers=$2 before=()

    [ "$build" = build/thread ] && before=("${fixed_addresses[@]}")
    : >"$work/out"
    setsid "${before[@]}" "$build/lessons/$folder/lesson" --workers "$workers" \
        --tasks "$3" --delay "$4" >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
    children+=("$pid")
    until_so all_sleep "$workers"
}

# end WHAT: it ended with status 1, and left no process.
is_gone() { ! ps -eo pgid=,stat= | awk -v group="$pid" \
    '$1 == group && $2 !~ /^[ZX]/ { found = 1 } END { exit !found }'; }
end() {
    wait "$pid"
    status=$?
    [ "$status" -eq 1 ] || fail "$1: it ends $status"
    until_so is_gone
}

for build in $(builds); do
    # Naps of a minute: whoever waited for the dead would be seen.
    start "$build" 3 7 60000
    kill -KILL $(sed -n 's/ sleeps for .*//p' "$work/out")
    end "$build, workers killed"
    [ "$(grep -c '^KILLED: process worker-[0-9], by signal 9' "$work/err")" -eq 3 ] &&
        [ "$(grep -c '^UNREAD .* was killed$' "$work/err")" -eq 3 ] &&
        [ "$(grep -c '^UNREAD .* no process of pool is left$' "$work/err")" -eq 4 ] ||
        fail "$build does not tell what the killed workers left"

    start "$build" 3 7 300
    kill -KILL "$(pgrep -o -P "$pid")" # the first child: the manager
    end "$build, manager killed"
    grep -q '^KILLED: process manager, by signal 9' "$work/err" &&
        grep -q 'manager manager does not answer' "$work/err" ||
        fail "$build does not tell that the manager was killed"
done
