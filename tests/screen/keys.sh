#!/bin/bash
# keys.sh - the keys of the view while a program runs.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# A run whose workers nap for long: its steps are all there, and no more come.
start_napping() {
    start 80 24
    enter 'viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S .*works on ' '^ messages .* 0 queued'
}

# Goes to that step by typing it.
go_to() {
    type_text ":$1"
    wait_until row_is -1 "go to.*: $1"
    press Enter
    wait_until step_is "$1"
}

paused_the_view_stands_while_the_program_runs_on() {
    local at

    start 80 24
    enter 'viz 3 --delay 40 --tasks 3000'
    wait_for ' LIVE ' ' step [0-9]{3}'
    press Space
    wait_until row_is 1 'VIEW PAUSED, program runs on: \+[0-9]'
    at=$(step)
    wait_until row_is 1 'VIEW PAUSED, program runs on: \+[0-9]{2,}'
    step_is "$at" || fail "the view did not stand at step $at"
    press F
    wait_until row_is 1 ' LIVE '
    wait_gone " step $at "
    press q
    wait_for '^\$ *$'
}

step_is_not() {
    [ -n "$(step)" ] && [ "$(step)" != "$1" ]
}

# A step that is too short to see is passed over, so the numbers may leave some out.
a_step_back_and_a_step_on_lead_to_where_they_began() {
    local first second third

    start_napping
    go_to 20
    press .
    wait_until step_is_not 20
    third=$(step)
    press ,
    wait_until step_is_not "$third"
    second=$(step)
    press ,
    wait_until step_is_not "$second"
    first=$(step)
    if [ "$first" -ge "$second" ] || [ "$second" -ge "$third" ]; then
        fail "steps back lead from $third to $second to $first"
    fi
    press .
    wait_until step_is "$second"
    press Right
    wait_until step_is "$third"
    press Left Left
    wait_until step_is "$first"
    press l
    wait_until step_is "$second"
    press h
    wait_until step_is "$first"
    row_is 1 'VIEW PAUSED, program runs on: \+[0-9]+ ' || fail 'it is not paused'
}

changes_are_found_on_and_back() {
    local first second

    start_napping
    press g
    wait_until step_is 1
    press '>'
    wait_until step_is_not 1
    first=$(step)
    press '>'
    wait_until step_is_not "$first"
    second=$(step)
    [ "$second" -gt "$first" ] || fail "from $first the next change is at $second"
    press '<'
    wait_until step_is "$first"
}

start_and_end_are_reached_and_not_passed() {
    local last

    start_napping
    last=$(step)
    press g , , '<'
    wait_until step_is 1
    wait_for '> the run begins'
    press G . . '>'
    wait_until step_is "$last"
    row_is 1 'PAUSED' || fail 'G follows'
    press F
    wait_for ' LIVE '
}

a_step_or_time_is_gone_to() {
    start_napping
    go_to 12
    go_to 5
    type_text ':3x'
    press Enter
    wait_until row_is -1 "'3x' is no step"
    step_is 5 || fail 'it went somewhere'
    type_text ':30'
    press BSpace Enter
    wait_until step_is 3
    type_text ':7'
    press Escape
    wait_gone 'go to step'
    step_is 3 || fail 'Esc did not cancel'
    type_text ':0s'
    press Enter
    wait_until step_is 1
    type_text ':999999999'
    press Enter
    wait_gone ' step 1 '
}

help_names_every_key_and_goes_away() {
    local second

    start_napping
    press '?'
    wait_for '^ HELP' 'W +waits' 'space +pause'
    second=$(row 2)
    press Down Down Down
    wait_until row_is_not 2 "$second"
    press NPage NPage NPage # as many as the table of keys may need
    wait_for 'q .*quit'
    press Escape
    wait_for '^ THREADS '
    press '?'
    wait_for '^ HELP'
    press q
    wait_for '^ THREADS ' ' LIVE '
}

a_pane_is_shown_large_and_all_again() {
    start_napping
    press z
    wait_gone '^ QUEUES '
    wait_for '^ THREADS ' '^.m main '
    press Tab
    wait_for '^ QUEUES ' '^.tasks '
    has_not '^ THREADS ' || fail 'two panes are shown'
    press Tab
    wait_for '^ SOURCE '
    press Tab
    wait_for '^ OUTPUT ' 'waiting for jobs'
    press z
    wait_for '^ THREADS ' '^ QUEUES ' '^ SOURCE .* OUTPUT '
}

a_thread_is_chosen_by_arrows_and_by_its_letter() {
    start_napping
    wait_for '^>m main'
    press Down
    wait_for '^>0 worker-0' '^ m main'
    press j j
    wait_for '^>2 worker-2'
    press Up
    wait_for '^>1 worker-1'
    press 4
    wait_for '^>4 worker-4'
    press p
    wait_for '^>p printer' '^ 4 worker-4'
}

the_time_scale_is_zoomed() {
    local line

    start_napping
    press +
    wait_for '^ THREADS .* a cell'
    line=$(row 3)
    press =
    wait_until row_is_not 3 "$line"
    press + + +
    wait_for '(us|ms) a cell'
    press - - - - - - - - - - - - - - - - - - - - - - # from 1 us at the least
    wait_for ' s a cell'
}

other_names_of_keys_do_the_same() {
    local last

    start_napping
    last=$(step)
    press Home
    wait_until step_is 1
    press End
    wait_until step_is "$last"
    press Down Down k
    wait_for '^>0 worker-0'
}

# Whatever else wrote on the terminal is gone.
the_screen_is_drawn_anew() {
    start_napping
    press Home
    wait_until step_is 1
    printf '\033[5;1Hspilt words' >"$(terminal display-message -p '#{pane_tty}')"
    wait_for '^spilt words'
    press C-l
    wait_gone '^spilt words'
    wait_for '^>m main'
}

the_time_line_is_moved_and_fitted() {
    local line

    start_napping
    press + + + + + +
    line=$(screen | grep '^.0 worker-0')
    press '{' '{'
    wait_until worker_is_not "$line"
    press '}' '}' '*'
    wait_for '^ THREADS .* a cell'
}

worker_is_not() {
    [ "$(screen | grep '^.0 worker-0')" != "$1" ]
}

keys_without_a_meaning_change_nothing() {
    start_napping
    go_to 9
    press F5 F12 M-x C-a '~' '"' 9
    press Down
    wait_for '^>0 worker-0' '^ THREADS '
    step_is 9 || fail 'the step is another'
}

going_on_from_a_pause_plays_to_the_present() {
    start_napping
    go_to 4
    press Space
    wait_for ' LIVE | PLAYING '
    wait_gone ' step 4 '
}

holds paused_the_view_stands_while_the_program_runs_on
holds a_step_back_and_a_step_on_lead_to_where_they_began
holds changes_are_found_on_and_back
holds start_and_end_are_reached_and_not_passed
holds a_step_or_time_is_gone_to
holds help_names_every_key_and_goes_away
holds a_pane_is_shown_large_and_all_again
holds a_thread_is_chosen_by_arrows_and_by_its_letter
holds the_time_scale_is_zoomed
holds other_names_of_keys_do_the_same
holds the_screen_is_drawn_anew
holds the_time_line_is_moved_and_fitted
holds keys_without_a_meaning_change_nothing
holds going_on_from_a_pause_plays_to_the_present
