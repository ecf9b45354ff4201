#!/bin/bash
# leave.sh - every way out of the view: the terminal is as it was, the lesson is gone.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# A running lesson in the view; $viewer and $lesson are their processes.
start_running() {
    start 80 24
    enter 'try viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S '
    find_process viz
    viewer=$process
    find_process lesson
    lesson=$process
}

all_is_left_behind() {
    wait_for '^status '
    terminal_is_restored
    wait_until is_gone "$viewer"
    wait_until is_gone "$lesson"
    has_not '^ THREADS ' || fail 'the picture is still there'
    # shellcheck disable=SC2016 # the other shell expands it
    enter 'echo typed "$((20 + 3))"' # shown and obeyed
    wait_for '^\$ echo typed' '^typed 23'
}

q_ends_the_program_and_returns_0() {
    start_running
    press q
    all_is_left_behind
    wait_for '^status 0$'
}

q_while_paused_ends_the_program_too() {
    start_running
    press Space
    wait_for 'VIEW PAUSED'
    press q
    all_is_left_behind
    wait_for '^status 0$'
}

control_C_leaves_everything_as_it_was() {
    start_running
    press C-c
    all_is_left_behind
}

a_termination_signal_leaves_everything_as_it_was() {
    local signal

    for signal in TERM HUP INT QUIT; do
        start_running
        kill -$signal "$viewer"
        all_is_left_behind
    done
}

a_crash_gives_the_terminal_back() {
    start_running
    kill -SEGV "$viewer"
    wait_for '^status 139$'
    terminal_is_restored
    wait_until is_gone "$lesson"
}

a_viewer_that_is_killed_takes_the_lesson_with_it() {
    start_running
    kill -KILL "$viewer"
    wait_until is_gone "$lesson"
}

a_terminal_that_goes_away_ends_both() {
    start_running
    terminal kill-server
    wait_until is_gone "$viewer"
    wait_until is_gone "$lesson"
}

q_at_the_end_returns_the_exit_status_of_the_lesson() {
    start 80 24
    enter 'try viz 3 --delay 0 --seed 7'
    wait_for '\(0\)'
    press q
    wait_for '^status 0$'
    terminal_is_restored
    enter 'try viz 3/extra_task_done --delay 0 --seed 7'
    wait_for '\(4\)'
    press q
    wait_for '^status 4$'
    terminal_is_restored
}

# refuses WORDS COMMAND: one line on stderr that says so, nothing on the screen, and 2.
refuses() {
    enter "try $2 2>error"
    wait_for '^status 2$'
    terminal_is_restored
    [ "$(wc -l <"$folder/error")" -eq 1 ] || fail "not one line: $(cat "$folder/error")"
    grep -qE -- "$1" "$folder/error" || fail "it says: $(cat "$folder/error")"
    ! LC_ALL=C grep -q '[[:cntrl:]]' "$folder/error" || fail 'control characters get out'
    enter clear
    wait_gone status
}

a_terminal_that_is_too_small_is_refused_with_what_is_needed() {
    start 59 24
    refuses '59x24.* 60x16' 'viz 3'
    refuses '59x24.* 60x16' 'viz'
    start 80 15
    refuses '80x15.* 60x16' 'viz run 3'
    enter 'viz run -o kept --dump=80x24 3 --delay 0 >/dev/null; echo ready'
    wait_for '^ready'
    refuses '80x15.* 60x16' 'viz replay kept'
}

the_smallest_terminal_is_enough() {
    start 60 16
    enter 'viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^ THREADS ' '^ QUEUES ' '^ SOURCE '
}

a_terminal_that_cannot_show_it_is_refused() {
    start 80 24
    refuses 'TERM=dumb' 'env TERM=dumb viz 3'
    refuses 'TERM=no-such-terminal' 'env TERM=no-such-terminal viz 3'
    refuses 'TERM=' 'env -u TERM viz 3'
    refuses 'TERM=dumb' 'env TERM=dumb viz'
}

where_there_is_no_terminal_it_says_so() {
    start 80 24
    refuses 'terminal' 'viz </dev/null'
    refuses 'terminal' 'viz 3 </dev/null'
    refuses 'terminal' 'sh -c "viz >out"'
}

holds q_ends_the_program_and_returns_0
holds q_while_paused_ends_the_program_too
holds control_C_leaves_everything_as_it_was
holds a_termination_signal_leaves_everything_as_it_was
holds a_crash_gives_the_terminal_back
holds a_viewer_that_is_killed_takes_the_lesson_with_it
holds a_terminal_that_goes_away_ends_both
holds q_at_the_end_returns_the_exit_status_of_the_lesson
holds a_terminal_that_is_too_small_is_refused_with_what_is_needed
holds the_smallest_terminal_is_enough
holds a_terminal_that_cannot_show_it_is_refused
holds where_there_is_no_terminal_it_says_so
