#!/bin/bash
# mouse.sh - the mouse chooses and scrolls, and the terminal's cursor rests on what is
# chosen; --no-mouse leaves the mouse to the terminal.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# What a terminal sends: the button, a column and a row from 1, each as a byte.
send_mouse() {
    local bytes

    printf -v bytes '%x %x %x' $((32 + $1)) $((32 + $2)) $((32 + $3))
    # shellcheck disable=SC2086 # three bytes
    terminal send-keys -H 1b 5b 4d $bytes
}

# click COLUMN ROW: button 1, pressed and let go.
click() {
    send_mouse 0 "$1" "$2"
    send_mouse 3 "$1" "$2"
}

# wheel up|down
wheel() {
    send_mouse $((64 + ($([ "$1" = down ] && echo 1 || echo 0)))) 10 6
}

cursor_is_in_row() {
    [ "$(terminal display-message -p '#{cursor_y} #{cursor_x}')" = "$(($1 - 1)) 0" ]
}

mouse_is() {
    [ "$(terminal display-message -p '#{mouse_any_flag}')" = "$1" ]
}

replay_paused() {
    start 80 24
    enter 'viz run -o kept --dump=80x24 3 --delay 9 --seed 7 >/dev/null; echo ready'
    wait_for '^ready'
    enter "try viz $1 replay --at=140 kept"
    wait_for '^>m main ' '^ 0 worker-0'
}

a_click_chooses_the_thread_and_the_cursor_rests_on_it() {
    replay_paused ''
    wait_until cursor_is_in_row 4
    click 10 6
    wait_for '^>1 worker-1'
    wait_until cursor_is_in_row 6
    click 30 10
    wait_for '^>p printer'
    wait_until cursor_is_in_row 10
}

the_wheel_goes_from_thread_to_thread() {
    replay_paused ''
    wheel down
    wait_for '^>0 worker-0'
    wheel down
    wait_for '^>1 worker-1'
    wait_until cursor_is_in_row 6
    wheel up
    wait_for '^>0 worker-0'
}

a_click_in_the_time_line_goes_to_that_time() {
    local before title

    replay_paused ''
    before=$(step)
    title=$(row 1)
    click 60 5
    wait_until row_is_not 1 "$title"
    [ "$(step)" -lt "$before" ] || fail "step $(step) is not before $before"
    [ "$(step)" -gt 1 ] || fail 'it went to the start'
}

# The chosen pane's heading is in reverse.
heading_is_chosen() {
    terminal capture-pane -pe | grep -qE $'\e\\[([0-9;]*;)?7m(\e[^m]*m)*'" $1 "
}

a_click_on_a_heading_chooses_the_pane() {
    replay_paused ''
    wait_until heading_is_chosen THREADS
    click 4 11
    wait_until heading_is_chosen QUEUES
    press z
    wait_until row_is 3 '^ QUEUES '
    press z
    wait_for '^ THREADS '
    click 60 14
    wait_until heading_is_chosen OUTPUT
}

the_wheel_scrolls_an_open_page() {
    replay_paused ''
    press '?'
    wait_until row_is 2 'What a thread does'
    wait_until cursor_is_in_row 2
    wheel down
    wait_until row_is 2 'W  waits'
    click 10 6
    wheel up
    wait_until row_is 2 'What a thread does'
    press Escape
    wait_for '^>m main '
}

the_cursor_rests_at_a_question() {
    replay_paused ''
    press :
    wait_until cursor_is_in_row 24
    click 10 6
    type_text 9
    press Enter
    wait_until step_is 9
    wait_for '^>m main '
    wait_until cursor_is_in_row 4
}

the_list_of_lessons_has_it_too() {
    start 80 24
    enter 'try viz'
    wait_for '^> +1 thread_result'
    wait_until cursor_is_in_row 4
    click 20 7
    wait_for '^> +4 '
    wait_until cursor_is_in_row 7
    wheel down
    wait_for '^> +5 '
    click 20 1
    wheel up
    wait_for '^> +4 '
}

without_the_mouse_the_terminal_keeps_it() {
    replay_paused ''
    wait_until mouse_is 1
    press q
    wait_for '^status 0'
    mouse_is 0 || fail 'the mouse is not given back'
    replay_paused --no-mouse
    mouse_is 0 || fail '--no-mouse takes the mouse'
    press q
    wait_for '^status 0'
    mkdir -p "$XDG_CONFIG_HOME/viz"
    echo 'mouse = no' >"$XDG_CONFIG_HOME/viz/config"
    replay_paused ''
    mouse_is 0 || fail 'the configuration file does not keep the mouse away'
    press q
    wait_for '^status 0'
    replay_paused --mouse
    wait_until mouse_is 1
}

holds a_click_chooses_the_thread_and_the_cursor_rests_on_it
holds the_wheel_goes_from_thread_to_thread
holds a_click_in_the_time_line_goes_to_that_time
holds a_click_on_a_heading_chooses_the_pane
holds the_wheel_scrolls_an_open_page
holds the_cursor_rests_at_a_question
holds the_list_of_lessons_has_it_too
holds without_the_mouse_the_terminal_keeps_it
