#!/bin/bash
# time.sh - moving through a recording: by parts of it, by a thread's own steps, by
# beats; and the end of a run, where nothing moves.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

record() {
    [ -e "$folder/run.trace" ] ||
        build/lessons/03_task_done_join/lesson --delay 5 --seed 7 \
            --trace "$folder/run.trace" >/dev/null || fail 'the lesson failed'
}

# A replay of a recorded run, at that step.
start_replay() {
    record
    start 80 24
    enter "viz replay --at=$1 $folder/run.trace"
    wait_until step_is "$1"
}

steps_in_all() {
    viz events "$folder/run.trace" | wc -l
}

without_a_terminal_all_steps_are_told() {
    record
    viz replay "$folder/run.trace" >"$folder/told"
    [ "$(wc -l <"$folder/told")" -ge "$(steps_in_all)" ] ||
        fail "$(wc -l <"$folder/told") lines for $(steps_in_all) steps"
}

a_part_of_the_run_is_gone_to() {
    start_replay 9
    type_text ':50%'
    press Enter
    wait_until step_is $(($(steps_in_all) / 2))
    type_text ':0%'
    press Enter
    wait_until step_is 1
    type_text ':100%'
    press Enter
    wait_until step_is "$(steps_in_all)"
    type_text ':5%%'
    press Enter
    wait_until row_is -1 "'5%%' is no step"
}

# owner_of STEP: the name of the thread that made it.
owner_of() {
    viz events "$folder/run.trace" | sed -n "${1}p" | jq -r .thread
}

a_threads_own_steps_are_found_on_and_back() {
    local who=worker-1 first second

    start_replay 30
    press Down Down
    wait_for "^>.+ $who "
    press ']'
    wait_until step_is_not 30
    first=$(step)
    [ "$first" -gt 30 ] || fail "']' leads back to $first"
    [ "$(owner_of "$first")" = "$who" ] || fail "step $first is not of $who"
    press ']'
    wait_until step_is_not "$first"
    second=$(step)
    [ "$(owner_of "$second")" = "$who" ] || fail "step $second is not of $who"
    press '['
    wait_until step_is "$first"
}

step_is_not() {
    [ -n "$(step)" ] && [ "$(step)" != "$1" ]
}

by_beats_it_goes_on_by_itself_and_can_be_stopped() {
    start_replay 9
    press B
    wait_until row_is -1 'one step a second'
    press ')' ')' ')' ')' Space
    wait_until row_is 1 'PLAYING 16 steps/s'
    wait_until step_is_not 9
    press Space
    wait_until row_is 1 'PAUSED 16 steps/s'
    press B
    wait_until row_is -1 "plays at the run's own pace"
    wait_until row_is 1 'PAUSED 16x '
}

holds without_a_terminal_all_steps_are_told
holds a_part_of_the_run_is_gone_to
holds a_threads_own_steps_are_found_on_and_back
holds by_beats_it_goes_on_by_itself_and_can_be_stopped
