#!/bin/bash
# variants.sh - every lesson and variant ends as its opening comment says.
#
# Found by wildcard: a new lesson is tested here without a change. Where the comment
# names a data race, ThreadSanitizer must speak; everywhere else it must be silent. What
# lesson 3's variants say at their end is checked too.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

# check_end: the program that ran last ended as announced, or for its data race, and
# said why if there was something to say.
check_end() {
    if [ "$build" = build/thread ] && has_data_race "$source" && told_data_race; then
        races=$((races + 1))
        return
    fi
    [ "$status" -eq "$expected" ] || fail "$what ends $status, not $expected"
    case $expected in
    0) [ ! -s "$work/err" ] || fail "$what: words on stderr" ;;
    *) [ -s "$work/err" ] || fail "$what does not say why" ;;
    esac
}

for source in lessons/*/*.c; do
    name=${source#lessons/}
    name=${name%.c}
    expected=$(ends "$source")
    [ -n "$expected" ] || fail "$source does not say how it ends (Ends: N)"
    for build in $(builds); do
        races=0
        for delay in 0 1 5; do
            what="$build/lessons/$name --delay $delay"
            run "$build" "$name" --delay $delay
            check_end
        done
        [ "$build" != build/thread ] || ! has_data_race "$source" || [ $races -gt 0 ] ||
            fail "$build/lessons/$name: ThreadSanitizer sees no data race"
    done
done

stuck=03_task_done_join/missing_task_done
stuck_report='STUCK (deadlock): nobody can go on
  main waits for tasks.join: 1 task not reported, missing_task_done.c:N
      owed by worker-N, which took 1 more than it reported, missing_task_done.c:N
  printer waits for an item on messages, missing_task_done.c:N
  worker-N waits for an item on tasks, missing_task_done.c:N
  worker-N waits for an item on tasks, missing_task_done.c:N
  worker-N waits for an item on tasks, missing_task_done.c:N
  worker-N waits for an item on tasks, missing_task_done.c:N
  worker-N waits for an item on tasks, missing_task_done.c:N'
misused=03_task_done_join/extra_task_done
misuse_line='MISUSE at lessons/03_task_done_join/extra_task_done.c:N: '
misuse_line+='queue_task_done on tasks: more reports than items were put'

# The report without what differs from run to run: numbers and the order of threads.
settle() {
    sed 's/\.c:[0-9]*/.c:N/; s/worker-[0-9]*/worker-N/' "$work/err"
}

for build in $(builds); do
    run "$build" $stuck --delay 2
    { settle | head -n 3 && settle | tail -n +4 | sort; } >"$work/report"
    [ "$(cat "$work/report")" = "$stuck_report" ] ||
        fail "$build/lessons/$stuck does not report who is stuck"
    [ "$(grep -c ' get ' "$work/out")" -eq 19 ] || fail "$stuck: letters are missing"

    run "$build" $misused --delay 2
    [ "$(settle)" = "$misuse_line" ] ||
        fail "$build/lessons/$misused does not say what is misused"
done

# With one worker the item is owed by that one, and the line is known.
run build $stuck --delay 0 --workers 1
line=$(grep -n 'queue_get(me->tasks' lessons/$stuck.c | cut -d: -f1)
grep -q "owed by worker-0, which .* missing_task_done.c:$line$" "$work/err" ||
    fail "$stuck does not name the line where the item was taken"

# The document's shape: the printer leaves before the workers' stop lines come, and main
# overtakes it. Both are races, made so likely that three of three times in a row against
# it would be a change of the program, not chance.
for attempt in 1 2 3; do
    run build 03_task_done_join/as_in_document --delay 100
    grep -q 'job finished' "$work/out" || fail 'as_in_document does not finish'
    ! grep -q ' stop$' "$work/out" && tail -n 1 "$work/out" | grep -q ' get ' && break
    [ "$attempt" -lt 3 ] || fail 'as_in_document prints stop lines, or in the true order'
done
