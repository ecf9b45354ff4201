#!/bin/bash
# replay.sh - a replay shows what the live view showed, step for step.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# A frame without what may differ: of the title the step and time stay, and the
# hints go.
plain_frame() {
    sed -E -e '1s/.*( step [0-9]+  [0-9.]+ s).*/\1/' -e '$d' -e 's/ +$//'
}

go_to() {
    type_text ":$1"
    wait_until row_is -1 "go to.*: $1"
    press Enter
    wait_until step_is "$1"
}

# keep_frames STEP...: goes there in the live view and keeps what it shows.
keep_frames() {
    local step

    for step in "$@"; do
        go_to "$step"
        screen | plain_frame >"$folder/live.$step"
    done
}

# same_frames SIZE TRACE STEP...: the replay shows the same.
same_frames() {
    local size=$1 trace=$2 step
    shift 2

    for step in "$@"; do
        viz replay --dump="$size" --at="$step" "$trace" | plain_frame \
            >"$folder/replayed.$step"
        diff "$folder/live.$step" "$folder/replayed.$step" >"$folder/difference" ||
            fail "at step $step the live view (<) and the replay (>) differ:
$(cat "$folder/difference")"
    done
}

# COUNT steps from 1 to LAST, in no order: a fixed seed, so that a failure comes again.
some_steps() {
    local i
    RANDOM=$3

    for ((i = 0; i < $1; i++)); do
        echo $((1 + RANDOM % $2))
    done
}

a_run_that_was_left_replays_as_it_was_seen() {
    local steps

    start 80 24
    enter "viz run -o left 3 --delay 60000 --seed 7"
    wait_for ' LIVE ' '^.4 worker-4 +S ' 'waiting for jobs'
    mapfile -t steps < <(some_steps 12 40 1)
    keep_frames "${steps[@]}"
    press q
    wait_for '^\$ *$'
    same_frames 80x24 "$folder/left" "${steps[@]}"
}

# Frames are taken while more and more comes: none of it may be seen in them.
a_run_that_goes_on_replays_as_it_was_seen() {
    local steps

    start 80 24
    enter "viz run -o whole 3 --delay 60 --tasks 190 --capacity 3 --seed 11"
    wait_for ' LIVE ' ' step [0-9]{3}'
    press Space
    mapfile -t steps < <(some_steps 12 99 2)
    keep_frames "${steps[@]}"
    press F
    wait_until row_is 1 '\(0\)'
    press q
    wait_for '^\$ *$'
    same_frames 80x24 "$folder/whole" "${steps[@]}"
}

a_run_that_has_ended_replays_as_it_was_seen() {
    local steps last

    start 120 40
    enter "viz run -o ended 3/as_in_document --delay 3 --seed 13"
    wait_until row_is 1 '\(0\)'
    last=$(step)
    mapfile -t steps < <(some_steps 12 "$last" 3)
    keep_frames "${steps[@]}" "$last"
    press q
    wait_for '^\$ *$'
    same_frames 120x40 "$folder/ended" "${steps[@]}" "$last"
}

the_replay_on_the_screen_is_the_same_too() {
    local steps=(50 3 120 77) step

    start 100 30
    enter 'viz run -o again 3 --delay 2 --seed 17'
    wait_until row_is 1 '\(0\)'
    keep_frames "${steps[@]}"
    press q
    wait_for '^\$ *$'
    enter 'viz replay again'
    wait_until row_is 1 '^ 3 task_done_join .* step '
    press Space
    for step in "${steps[@]}"; do
        go_to "$step"
        screen | plain_frame | diff "$folder/live.$step" - >"$folder/difference" ||
            fail "step $step differs: $(cat "$folder/difference")"
    done
    press r
    wait_until row_is -1 'this is a recording'
    press q
    wait_for '^\$ *$'
}

# Two recordings of one run: the one that was kept by itself, and the one saved by w.
what_is_saved_and_what_is_kept_is_the_same_run() {
    start 80 24
    enter 'viz 3 --delay 1 --seed 19'
    wait_until row_is 1 '\(0\)'
    press w
    wait_until row_is -1 'saved as .*lesson-19.trace'
    press w
    wait_until row_is -1 'saved as .*lesson-19-2.trace'
    press q
    wait_for '^\$ *$'
    viz events "$folder"/*lesson-19.trace >"$folder/saved.json" ||
        fail 'what was saved cannot be read'
    viz events "$(find "$XDG_STATE_HOME" -name '*.trace' | sort | tail -n 1)" |
        cmp -s - "$folder/saved.json" || fail 'the two recordings differ'
}

holds a_run_that_was_left_replays_as_it_was_seen
holds a_run_that_goes_on_replays_as_it_was_seen
holds a_run_that_has_ended_replays_as_it_was_seen
holds the_replay_on_the_screen_is_the_same_too
holds what_is_saved_and_what_is_kept_is_the_same_run
