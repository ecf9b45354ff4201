#!/bin/bash
# findings.sh - viz check --findings names what goes wrong in each variant of the lessons,
# and finds nothing wrong in those that do well.
#
# Every program that is not in the table below must have no error and no warning, or end
# badly and have an error.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

[ -x build/bin/viz ] || skip 'build/bin/viz is not built'

# A program, and the findings that it must have whichever thread is first.
must_be_found() {
    cat <<'TABLE'
01_thread_result/join_each: one at a time
02_result_queue/check_then_get: look out of date, deadlock
03_task_done_join/as_in_document: items left, idle wake-ups
03_task_done_join/extra_task_done: misuse
03_task_done_join/missing_task_done: task not reported, deadlock
04_pipe/join_first: deadlock
04_pipe/left_open: deadlock
04_pipe/no_reader: not delivered, wrong result
05_shared_list/check_then_act: look out of date, wrong result
05_shared_list/lost_append: data race, lost update, wrong result
06_printing/bypass: overtaken
06_printing/interleaved: torn line
06_printing/locked: lock held asleep
07_stop_event/lesson: idle wake-ups
07_stop_event/no_timeout: deadlock
08_futures/result_each: always empty
08_futures/unread_failure: result not read, wrong result
08_futures/worker_waits_for_pool: deadlock
09_process_queue/join_before_drain: deadlock
09_process_queue/until_empty: look out of date, wrong result
10_manager/plain_list: changed a copy, wrong result
10_manager/read_modify_write: lost update, wrong result
10_manager/unread_failure: result not read, wrong result
11_shared_globals/fork_with_threads: deadlock
11_shared_globals/unsynchronised: data race, lost update, wrong result
13_inside_the_queue/forgotten_signal: never notified, deadlock
13_inside_the_queue/if_not_while: no second look, wrong result
13_inside_the_queue/one_condition: woken in vain, deadlock
TABLE
}

# These end with 0 and have a warning: that is what they are there to show.
warned='03_task_done_join/as_in_document 06_printing/bypass 06_printing/interleaved'

# record NAME: the findings of a run, in files of its name in $work.
record() {
    local place=$work/${1//\//-} options=(--delay 5)

    [ "$1" != 07_stop_event/lesson ] || options=(--delay 60 --workers 6)
    timeout 60 build/lessons/"$1" "${options[@]}" --trace "$place.trace" \
        >/dev/null 2>&1 </dev/null
    echo $? >"$place.status"
    build/bin/viz check --findings "$place.trace" >"$place.found" 2>&1
    echo $? >"$place.check"
}

names=()
for source in lessons/*/*.c; do
    name=${source#lessons/}
    names+=("${name%.c}")
done

# eight at a time: they nap most of the time
running=0
for name in "${names[@]}"; do
    record "$name" &
    running=$((running + 1))
    if [ $running -eq 8 ]; then
        wait -n
        running=7
    fi
done
wait

for name in "${names[@]}"; do
    place=$work/${name//\//-}
    what="$name: $(cat "$place.found")"
    [ "$(cat "$place.check")" -eq 0 ] || fail "viz check --findings fails: $what"
    if [ "$(cat "$place.status")" -ne 0 ]; then
        grep -q '^error: ' "$place.found" || fail "no error: $what"
    elif [[ " $warned " != *" $name "* ]]; then
        ! grep -qE '^(error|warning): ' "$place.found" || fail "a false alarm: $what"
    fi
done

while IFS=: read -r name wanted; do
    place=$work/${name//\//-}
    while read -r finding; do
        grep -qE "^(error|warning|remark): $finding, step [0-9]+" "$place.found" ||
            fail "no '$finding': $name: $(cat "$place.found")"
    done < <(tr , '\n' <<<"$wanted")
done < <(must_be_found)

# --- the command

place=$work/02_result_queue-lesson
build/bin/viz check "$place.trace" >"$work/out"
! grep -q 'findings' "$work/out" || fail 'findings without being asked for'
build/bin/viz check "$place.trace" --findings | grep -qx 'no findings' ||
    fail 'it does not say that there are none'
for arguments in '--finding x' '--findings' 'x --findings y'; do
    # shellcheck disable=SC2086 # two words
    build/bin/viz check $arguments >"$work/out" 2>"$work/err"
    [ $? -eq 2 ] || fail "not bad usage: check $arguments"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: check $arguments"
done
