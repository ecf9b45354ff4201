#!/bin/bash
# trace_check.sh - recorded runs of lesson 3 keep the trace's invariants and the
# lesson's, and what was printed before a kill -9 is in the trace.
#
# usage: trace_check.sh [RUNS]     of the large kind; "make soak" asks for a hundred

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
lesson=03_task_done_join/lesson
trace=$work/trace
runs=${1:-4}

has_command check || skip 'build/bin/viz has no "check" yet'
has_command events || skip 'build/bin/viz has no "events" (it needs libjansson-dev)'
command -v jq >/dev/null || skip 'jq is not installed'

# What must be true of the events, whichever thread ran first. On stdin: the events.
check_events() {
    jq -rn --argjson tasks "$1" '
        [inputs] as $all
        | ($all | map(select(.object == "tasks"))) as $queue
        | ($queue | map(select(.event == "queue_put"))) as $puts
        | ($queue | map(select(.event == "queue_get"))) as $gets
        | ($queue | map(select(.event == "queue_task_done"))) as $dones
        | ($queue | map(select(.event == "queue_join"))) as $joins
        | ($all | to_entries | map(select(.value.step != .key + 1)) | length) as $gaps
        | if $gaps != 0 then "steps are left out"
          elif ($puts | length) != $tasks then "not every task was put"
          elif ($puts | map(.item_id)) != ($gets | map(.item_id))
              then "not first in, first out"
          elif ($dones | length) != $tasks then "not every task was reported"
          elif ($joins | length) != 1 then "there is not one join"
          elif ($dones | map(.step) | max // 0) > $joins[0].step
              then "join returned before the last report"
          elif $joins[0].unfinished != 0 then "join left tasks unfinished"
          elif any($queue[]; .capacity > 0 and .depth > .capacity)
              then "the queue held more than its capacity"
          else empty end'
}

# record TASKS OPTION...
record() {
    local tasks=$1 problem
    shift

    run build $lesson --tasks "$tasks" "$@" --trace "$trace"
    [ "$status" -eq 0 ] || fail "exit status $status: --tasks $tasks $*"
    build/bin/viz check "$trace" >"$work/err" 2>&1 ||
        fail "viz check: --tasks $tasks $*"
    problem=$(build/bin/viz events "$trace" | check_events "$tasks")
    [ -z "$problem" ] || fail "$problem: --tasks $tasks $*"
}

for seed in 1 2 3; do
    record 19 --delay 5 --seed $seed
    record 100 --delay 0 --seed $seed --capacity $seed
done
for ((seed = 1; seed <= runs; seed++)); do
    record 2000 --workers 16 --delay 0 --seed $seed
done

# check_run NAME OPTION...: whatever happens in the run, its invariants hold.
check_run() {
    run build "$@" --trace "$trace"
    build/bin/viz check "$trace" >"$work/err" 2>&1 || fail "viz check: $*"
}

for source in lessons/*/*.c; do
    name=${source#lessons/}
    name=${name%.c}
    for seed in 1 2 3; do
        check_run "$name" --delay 1 --seed $seed
    done
    # with other options a variant may come out well
    [ "$(ends "$source")" -ne 0 ] || for workers in 1 3 17; do
        check_run "$name" --delay 0 --seed $workers --workers $workers --capacity 2
    done
done

# --- kill -9

printed_lines() {
    [ "$(wc -l <"$work/out")" -ge "$1" ]
}

# Not so many tasks that a slow look at what is printed finds a huge recording.
for lines in 1 2 5 10 50 100 300 1000; do
    build/lessons/$lesson --delay 0 --tasks 5000 --trace "$trace" >"$work/out" &
    child=$!
    children=("$child")
    until_so printed_lines $lines
    kill -9 $child 2>/dev/null
    wait $child 2>/dev/null
    children=()

    build/bin/viz events "$trace" >"$work/events" 2>"$work/err" ||
        fail "viz events after kill -9 at line $lines"
    jq -r 'select(.event == "say").text' "$work/events" >"$work/said"
    printed=$(wc -l <"$work/out")
    head -n "$printed" "$work/said" | cmp - "$work/out" ||
        fail "of $printed printed lines, not every one is in the trace"
    build/bin/viz check "$trace" >"$work/err" 2>&1
    [ $? -le 1 ] || fail 'viz check does not read what a kill -9 left'
done
