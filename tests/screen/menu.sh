#!/bin/bash
# menu.sh - viz without arguments: the course as a list to choose from.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

start_menu() {
    start 80 24
    enter 'try viz'
    wait_for '3 task_done_join .*task_done and join'
    wait_until row_is -1 'Enter.*Tab.*q quit'
}

has_moved() {
    local line

    line=$(screen | grep '^>')
    [ -n "$line" ] && [ "$line" != "$1" ]
}

# Moves down until the chosen line is like that; each move is seen before the next.
choose() {
    local line

    for _ in {1..40}; do
        has "^> *$1" && return
        line=$(screen | grep '^>')
        press Down
        wait_until has_moved "$line"
    done
    wait_for "^> *$1"
}

Tab_shows_the_variants_and_hides_them() {
    start_menu
    choose '3 task_done_join'
    has_not '^ +missing_task_done' || fail 'the variants are shown'
    press Tab
    wait_for '^ +as_in_document ' '^ +extra_task_done .*misuse' \
        '^ +missing_task_done .*deadlock'
    press Tab
    wait_gone 'missing_task_done'
    wait_for '^> *3 task_done_join'
}

hiding_the_variants_goes_back_to_their_lesson() {
    start_menu
    choose '1 '
    press Tab
    wait_for 'Enter.*Tab'
    press Down Down
    wait_gone '^> *1 '
    press Tab
    wait_for '^> *1 '
}

keys_go_to_the_ends_and_by_pages_and_the_help_tells_them() {
    start_menu
    press G
    wait_for '^> *13 '
    press g
    wait_for '^> *1 '
    press End
    wait_for '^> *13 '
    press PageUp
    wait_for '^> *1 '
    press '?'
    wait_for 'HELP' '^ *PgUp PgDn '
    press q
    wait_for 'THE COURSE' '^> *1 '
}

Enter_runs_what_is_chosen_and_q_comes_back_to_the_list() {
    start_menu
    choose '3 task_done_join'
    press Tab
    wait_for 'as_in_document'
    choose 'extra_task_done'
    press Enter
    wait_until row_is 1 'extra_task_done .* step'
    press q
    wait_for '^> *extra_task_done' '3 task_done_join'
    press Up
    wait_for '^> *as_in_document'
    press q
    wait_for '^status 0$'
    terminal_is_restored
}

q_ends_a_lesson_that_still_runs() {
    start_menu
    choose '3 task_done_join'
    press Enter
    wait_for '^ THREADS ' '^.4 worker-4 '
    find_process lesson
    press q
    wait_for 'Enter.*Tab.*q quit'
    wait_until is_gone "$process"
    press q
    wait_for '^status 0$'
    terminal_is_restored
}

control_C_leaves_the_list() {
    start_menu
    press C-c
    wait_for '^status '
    terminal_is_restored
}

control_C_in_a_lesson_leaves_the_list_too() {
    start_menu
    choose '3 task_done_join'
    press Enter
    wait_for '^ THREADS ' '^.4 worker-4 '
    find_process lesson
    press C-c
    wait_for '^status '
    terminal_is_restored
    wait_until is_gone "$process"
}

a_title_that_does_not_fit_is_cut_with_a_mark() {
    start_menu
    wait_for ' a thread that keeps its result '
    terminal resize-window -x 60 -y 24
    wait_for ' a thread that … '
}

the_list_keeps_its_place_when_the_size_changes() {
    start_menu
    terminal resize-window -x 120 -y 40
    wait_until row_is 40 'q quit'
    terminal resize-window -x 30 -y 5
    wait_for 'needs 60x16'
    terminal resize-window -x 80 -y 24
    wait_for '3 task_done_join'
    wait_until row_is 24 'q quit'
}

holds Tab_shows_the_variants_and_hides_them
holds hiding_the_variants_goes_back_to_their_lesson
holds keys_go_to_the_ends_and_by_pages_and_the_help_tells_them
holds Enter_runs_what_is_chosen_and_q_comes_back_to_the_list
holds q_ends_a_lesson_that_still_runs
holds control_C_leaves_the_list
holds control_C_in_a_lesson_leaves_the_list_too
holds a_title_that_does_not_fit_is_cut_with_a_mark
holds the_list_keeps_its_place_when_the_size_changes
