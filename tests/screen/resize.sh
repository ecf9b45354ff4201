#!/bin/bash
# resize.sh - the terminal changes its size while a program runs.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

start_napping() {
    start 80 24
    enter 'try viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S '
}

size() {
    terminal resize-window -x "$1" -y "$2"
}

# The title ends in the last column but one, the hints are in the last row.
fits() {
    wait_until row_is 1 '^ 3 ' ' step [0-9]+ '
    wait_until title_is_long "$(($1 - 1))"
    wait_until row_is -1 '\? help' 'q quit'
    [ "$(screen | wc -l)" -eq "$2" ] || fail "there are not $2 rows"
}

title_is_long() {
    local title

    title=$(row 1)
    [ ${#title} -eq "$1" ]
}

the_picture_fits_every_size_that_the_terminal_gets() {
    start_napping
    size 120 40
    fits 120 40
    size 100 16
    fits 100 16
    size 60 30
    fits 60 30
    size 200 60
    fits 200 60
    size 80 24
    fits 80 24
}

too_small_it_says_what_it_needs_and_comes_back() {
    start_napping
    size 50 10
    wait_for 'needs 60x16; this is 50x10'
    has_not 'THREADS' || fail 'a picture is shown'
    size 10 3
    wait_for 'needs'
    size 1 1
    size 80 24
    fits 80 24
    wait_for '^ THREADS ' '^.4 worker-4 +S ' '^ QUEUES ' '^ SOURCE .* OUTPUT '
}

keys_work_while_it_is_too_small() {
    start_napping
    size 40 8
    wait_for 'needs 60x16'
    press Space q
    wait_for '^status 0$'
    terminal_is_restored_at_any_size
}

# The sizes in what stty says differ, of course.
terminal_is_restored_at_any_size() {
    sed -i 's/rows [0-9]*; columns [0-9]*;//' "$folder/before" "$folder/after"
    terminal_is_restored
}

many_changes_in_a_row_end_in_a_whole_picture() {
    local i

    start_napping
    press Space
    for i in {1..15}; do
        size $((55 + i * 5)) $((12 + i))
    done
    size 90 30
    fits 90 30
    wait_for 'VIEW PAUSED' '^ THREADS ' '^ tasks '
}

the_help_fits_too() {
    start_napping
    press '?'
    wait_for '^ HELP'
    size 120 60
    wait_for '^ HELP' 'q .*quit; ends'
    size 60 16
    wait_until row_is -1 'Esc.* back'
    press Escape
    fits 60 16
}

# Down to one cell, and to what some terminals call nothing, whatever is open; then every
# key there is, which must do no harm where nothing can be seen.
down_to_nothing_and_back_with_anything_open() {
    local open

    start_napping
    press Space
    wait_for 'VIEW PAUSED'
    for open in '?' ':' z Tab; do
        press "$open"
        size 2 1
        wait_until row_is 1 '^n'
        size 1 1
        press Up Down PageUp PageDown + - Left Right
        size 3 200
        wait_until row_is 1 '^nee$'
        press Down PageDown
        size 200 2
        wait_until row_is 1 '^needs 60x16; this is 200x2$'
        press PageUp
        size 80 24
        press Escape
        [ "$open" != z ] || press z
        wait_for ' VIEW PAUSED' '^ THREADS ' '^.4 worker-4 +S ' '^ QUEUES '
    done
    fits 80 24
}

a_size_of_nothing_is_survived() {
    start_napping
    find_process viz
    stty rows 0 columns 0 <"$(terminal display-message -p '#{pane_tty}')"
    press Space
    wait_for 'VIEW PAUSED'
    size 90 30
    fits 90 30
    is_gone "$process" && fail 'it ended'
    press q
    wait_for '^status 0$'
}

holds the_picture_fits_every_size_that_the_terminal_gets
holds too_small_it_says_what_it_needs_and_comes_back
holds keys_work_while_it_is_too_small
holds many_changes_in_a_row_end_in_a_whole_picture
holds the_help_fits_too
holds down_to_nothing_and_back_with_anything_open
holds a_size_of_nothing_is_survived
