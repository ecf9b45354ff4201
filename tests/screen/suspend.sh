#!/bin/bash
# suspend.sh - Control-Z gives the terminal back and fg takes it again; the program that
# is shown runs on.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# same_terminal NAME: what stty says is what it said before, but for the size.
same_terminal() {
    enter "clear; stty -a >$1; echo told $1"
    wait_for "^told $1"
    diff <(sed 's/rows [0-9]*; columns [0-9]*;//' "$folder/shell") \
        <(sed 's/rows [0-9]*; columns [0-9]*;//' "$folder/$1") >"$folder/differ" ||
        fail "stty says otherwise: $(cat "$folder/differ")"
}

# start_viewer ARGUMENTS...
start_viewer() {
    start 80 24
    enter 'stty -a >shell'
    enter "viz $*"
}

# Stops it by the key, and looks at the terminal meanwhile.
stop() {
    press C-z
    wait_for 'Stopped'
    has_not "$1" || fail 'the picture is still there'
    same_terminal stopped
}

process_state() {
    sed 's/.*) \(.\).*/\1/' "/proc/$1/stat"
}

a_view_stops_and_comes_back() {
    start_viewer 3 --delay 60000 --seed 7
    wait_for ' LIVE ' '^.4 worker-4 +S '
    find_process lesson
    stop '^ THREADS '
    [ "$(process_state "$process")" != T ] || fail 'the lesson is stopped too'
    enter fg
    wait_for '^ THREADS ' '^.4 worker-4 +S ' ' LIVE '
    press Space
    wait_for 'VIEW PAUSED'
    press q
    wait_for 'was stopped' '^\$ *$'
    same_terminal after
    wait_until is_gone "$process"
}

it_stops_again_and_again_with_a_page_or_a_question_open() {
    start_viewer 3 --delay 60000 --seed 7
    wait_for ' LIVE ' '^.4 worker-4 +S '
    press '?'
    wait_for '^ HELP'
    stop '^ HELP'
    enter fg
    wait_for '^ HELP'
    press Escape
    wait_for '^ THREADS '
    press :
    wait_for 'go to step'
    stop 'go to step'
    enter fg
    wait_for 'go to step'
    type_text 3
    press Enter
    wait_until step_is 3
}

the_list_stops_too_and_may_change_its_size_meanwhile() {
    start_viewer
    wait_for '^> +1 thread_result'
    stop 'thread_result'
    terminal resize-window -x 100 -y 30
    enter fg
    wait_for '^> +1 thread_result'
    wait_until row_is 30 'q quit'
    press Down
    wait_for '^> +2 '
    press q
    wait_for '^\$ *$'
    same_terminal after
}

# A stop that it cannot see coming.
after_a_stop_signal_the_picture_comes_back() {
    start_viewer
    wait_for '^> +1 thread_result'
    find_process viz
    kill -STOP "$process"
    wait_for 'Stopped'
    enter clear
    wait_gone 'thread_result'
    enter fg
    wait_for '^> +1 thread_result' 'Enter.*q quit'
    press Down
    wait_for '^> +2 '
    press q
    wait_for '^\$ *$'
    same_terminal after
}

holds a_view_stops_and_comes_back
holds it_stops_again_and_again_with_a_page_or_a_question_open
holds the_list_stops_too_and_may_change_its_size_meanwhile
holds after_a_stop_signal_the_picture_comes_back
