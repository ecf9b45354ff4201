#!/bin/bash
# compare.sh - two runs side by side: live and recorded, all keys, without a terminal.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# keep NAME PROGRAM: the kept recording of the program, for the later tests.
keep() {
    cp "$XDG_STATE_HOME"/viz/runs/*"$2"*.trace "$folder/$1" || fail "$2 was not kept"
}

# The step of a comparison that goes step by step, and the moment of one on a clock.
place() {
    row 1 | sed -nE 's/.*  (step [0-9]+|[0-9.]+ s)( .*|$)/\1/p'
}

place_is() {
    [ "$(place)" = "$1" ]
}

place_is_not() {
    [ -n "$(place)" ] && [ "$(place)" != "$1" ]
}

# All but the hints; two places may be so near that only the runs tell them apart.
picture() {
    screen | sed '$d'
}

picture_is() {
    [ "$(picture)" = "$1" ]
}

picture_is_not() {
    [ "$(picture)" != "$1" ]
}

# moves KEY: presses it and waits until the picture is another.
moves() {
    local before

    before=$(picture)
    press "$1"
    wait_until picture_is_not "$before"
}

two_lessons_run_at_once_and_the_view_follows_both() {
    start 80 24
    enter 'try viz compare 1 2 --seed 7'
    wait_until row_is 1 'COMPARE on one clock +LIVE +[0-9.]+ s .*seed 7'
    wait_for '^>A 1 thread_result: ' '^ B 2 result_queue: ' 'crawler-0 +S ' \
        'worker-0 +S ' 'total time +\? ' '^ SO FAR '
    wait_until row_is 1 'THE END'
    wait_for 'results finished / seen by main +3 / 3 +3 / 3' \
        'as started +as they ended' 'ENDED \(0\)'
    press q
    wait_for '^status 0$'
    terminal_is_restored
}

who_leaves_ends_both_programs_and_is_told() {
    local first

    start 80 24
    enter 'try viz compare 3 3/missing_task_done --delay 60000'
    wait_until row_is 1 'LIVE'
    find_process lesson
    first=$process
    find_process missing_task_done
    press q
    wait_for 'viz: 03_task_done_join/lesson still ran, and was stopped' \
        'viz: 03_task_done_join/missing_task_done still ran' '^status 0$'
    wait_until is_gone "$first"
    wait_until is_gone "$process"
    terminal_is_restored
}

the_view_pauses_while_the_programs_run_on() {
    local paused

    start 80 24
    enter 'try viz compare 3 3/as_in_document --delay 60000 --seed 3'
    wait_until row_is 1 'LIVE'
    press Space
    wait_until row_is 1 'VIEW PAUSED, programs run on'
    paused=$(place)
    moves ,
    press F
    wait_until row_is 1 'LIVE'
    wait_until place_is_not "$paused"
    press q
    wait_for '^status 0$'
}

# On one clock: from here on two recordings.
on_one_clock_steps_go_on_and_back_through_the_same_places() {
    local pictures=() i

    start 80 24
    enter 'viz compare a b'
    wait_until row_is 1 'COMPARE on one clock'
    press Space
    press g
    wait_until row_is 1 'PAUSED'
    for i in 0 1 2 3 4; do
        pictures[i]=$(picture)
        moves .
    done
    for i in 4 3 2 1 0; do
        press ,
        wait_until picture_is "${pictures[i]}"
    done
    type_text ':1.3s'
    press Enter
    wait_until place_is '1.300000 s'
    wait_for 'crawler-1 +E ended' 'crawler-0 +S sleeps, 0.[67][0-9] s to go' \
        'results finished / seen by main +1 / 0 +1 / 0'
    moves '>'
    moves '<'
    type_text ':nonsense'
    press Enter
    wait_until row_is -1 "'nonsense' is no time such as 2.06s"
    type_text ':50%'
    wait_until row_is -1 'part of the time \(50%\)'
    press Enter
    wait_until place_is_not '1.300000 s'
    moves ']'
    moves '['
    press G
    wait_until row_is 1 'THE END'
}

step_by_step_both_show_the_same_step() {
    press g
    press c
    wait_until row_is 1 'COMPARE step by step +PAUSED +step '
    press g
    wait_until place_is 'step 1'
    press .
    wait_until place_is 'step 2'
    type_text ':14'
    press Enter
    wait_until place_is 'step 14'
    press ,
    wait_until place_is 'step 13'
    press c
    wait_until row_is 1 'COMPARE on one clock'
}

other_names_of_keys_do_the_same() {
    local first

    press Home
    wait_until row_is 1 'PAUSED'
    first=$(picture)
    moves Right
    moves l
    moves Left
    press h
    wait_until picture_is "$first"
    press End
    wait_until row_is 1 'THE END'
    press Home
    wait_until picture_is "$first"
    press Tab
    wait_for '^>B 2 result_queue'
    press z
    wait_until row_is 1 '^ 2 result_queue .* step '
    press q
    wait_until row_is 1 'COMPARE on one clock +PAUSED'
    press Tab
    wait_for '^>A 1 thread_result'
    press w
    wait_until row_is -1 'run A: saved as .*\.trace'
}

playing_gets_slower_and_faster() {
    press '('
    wait_until row_is 1 'PAUSED 1/2x '
    press ')' ')'
    wait_until row_is 1 'PAUSED 2x '
    press '('
    wait_until row_is 1 'PAUSED  '
}

WHY_is_gone_to_only_where_there_is_one() {
    press Home f
    wait_until row_is -1 'nothing explains a difference up to here'
}

rows_that_do_not_fit_are_scrolled_to() {
    local first second

    press End
    wait_until row_is 1 'THE END'
    terminal resize-window -x 80 -y 16
    wait_for 'more below'
    first=$(picture)
    moves Down
    second=$(picture)
    press Up
    wait_until picture_is "$first"
    press j
    wait_until picture_is "$second"
    press k
    wait_until picture_is "$first"
    terminal resize-window -x 80 -y 24
    wait_until row_is -1 'quit'
}

# Whatever else wrote on the terminal is gone.
the_screen_is_drawn_anew() {
    printf '\033[5;1Hspilt words' >"$(terminal display-message -p '#{pane_tty}')"
    wait_for '^spilt words'
    press C-l
    wait_gone '^spilt words'
    row_is 1 'COMPARE' || fail 'the comparison is gone'
}

what_the_end_tells_is_hidden_until_E_is_pressed() {
    press g
    wait_for 'total time +\? \(at the end\) +\? \(at the end\)'
    press E
    wait_for '^ AT THE END ' 'total time +2[.][0-9]+ s +2[.][0-9]+ s'
    press E
    wait_for '^ SO FAR ' 'total time +\? '
    press E
    wait_for '^ AT THE END '
    press g
    wait_for '^ SO FAR ' 'total time +\? '
    press t
    wait_gone '^ m main '
    wait_for 'lines of code +[0-9]+ +[0-9]+'
    press t
    wait_for '^ m main '
}

the_pages_open_and_close() {
    press d
    wait_for 'LINES THAT DIFFER' '^ \+ '
    press Escape
    wait_until row_is 1 'COMPARE'
    press '?'
    wait_until row_is 1 'HELP: TWO RUNS'
    wait_for '^ c +one clock for both'
    press q
    wait_until row_is 1 'COMPARE'
}

one_run_alone_and_back_where_it_was_left() {
    press Tab
    wait_for '^>B 2 result_queue'
    press Enter
    wait_until row_is 1 '^ 2 result_queue .* step '
    wait_until row_is -1 'run B alone; q goes back'
    type_text ':20'
    press Enter
    wait_until step_is 20
    press q
    wait_until row_is 1 'COMPARE on one clock +PAUSED'
    wait_for '^>B 2 result_queue'
}

time_cells_get_longer_and_shorter_and_fit() {
    local line

    press G
    wait_until row_is 1 'THE END'
    line=$(row 2)
    press -
    wait_until row_is_not 2 "$line"
    press +
    wait_until row_is 2 "$(grep -oE '[0-9.]+ m?s a cell' <<<"$line")"
    press =
    wait_until row_is_not 2 "$line"
    press '*'
    wait_until row_is 2 "$(grep -oE '[0-9.]+ m?s a cell' <<<"$line")"
    press r
    wait_until row_is -1 'these are recordings'
    press q
    wait_for '^\$ *$'
}

a_wide_screen_shows_them_side_by_side() {
    start 120 40
    enter 'viz compare a b'
    wait_until row_is 2 '^>A 1 thread_result.*B 2 result_queue'
    wait_for 'crawler-1.*worker-1' 'LINES THAT DIFFER'
    press q
    wait_for '^\$ *$'
}

lessons_that_use_the_processor_run_one_after_the_other() {
    start 80 24
    enter 'try viz compare 12 12/no_big_lock --delay 1 --tasks 2 --workers 1 --seed 1'
    wait_until row_is 1 'COMPARE on one clock'
    wait_for '^>A 12 threads_or_processes: '
    has_not 'LIVE' || fail 'they run at the same time'
    press G
    wait_until row_is 1 'THE END'
    press q
    wait_for '^status 0$'
}

without_names_the_pairs_are_a_list_to_choose_from() {
    start 80 24
    enter 'try viz compare'
    wait_for '^> 1/join_each and 1 ' 'WHAT TO LOOK AT' '^  4 and 9 '
    press Down
    wait_for '^> 1 and 2 ' 'The first result is there long before'
    press Enter
    wait_until row_is 1 'COMPARE on one clock'
    press q
    wait_for '^> 1 and 2 '
    press q
    wait_for '^status 0$'
    terminal_is_restored
}

# said STATUS PATTERN COMMAND...: one line on stderr, and the exit status.
said() {
    local status=$1 pattern=$2 answer

    answer=$("${@:3}" 2>&1 >/dev/null)
    [ $? -eq "$status" ] || fail "not status $status: ${*:3}"
    grep -qE -- "$pattern" <<<"$answer" || fail "'${*:3}' says: $answer"
    [ "$(wc -l <<<"$answer")" -eq 1 ] || fail "more than a line: $answer"
}

without_a_terminal_the_ends_are_printed() {
    viz compare 1/join_each 1 --delay 30 --seed 7 >"$folder/table" ||
        fail 'it does not end with 0'
    grep -qE '^ AT THE END ─+ A 1 thread_result/join_each ─+ B 1 thread_result' \
        "$folder/table" || fail "$(cat "$folder/table")"
    grep -qE 'results finished / seen by main +3 / 3 +3 / 3$' "$folder/table" ||
        fail "$(cat "$folder/table")"
    viz compare "$folder/a" 2 --seed 7 --delay 1 | grep -q 'order in which main' ||
        fail 'a recording and a lesson'
    viz compare | grep -qE '^viz compare 6/interleaved 6 ' || fail 'no pairs are listed'
    viz compare --dump=120x40 --at=12 "$folder/a" "$folder/b" | head -n 1 |
        grep -qE '^ COMPARE step by step +PAUSED +step 12 ' || fail 'no frame at a step'
}

bad_input_is_refused_in_a_line() {
    said 2 'takes two' viz compare 1
    said 2 "no lesson '99'" viz compare 1 99
    said 2 "cannot read 'none.trace'" viz compare 1 none.trace
    said 2 'is no trace' viz compare README.md 1
    said 2 'two recordings take no options' viz compare "$folder/a" "$folder/b" --seed 5
    said 2 'the longer run has' viz compare --dump=80x24 --at=9999 "$folder/a" "$folder/b"
    said 2 '--at goes with --dump' viz compare --at=3 1 2
    said 2 '-o is for viz run' viz compare -o x 1 2
    said 2 "under viz the trace is viz's" viz compare 1 2 --trace x
    said 2 'viz run LESSON --help' viz compare 1 2 --help
}

holds two_lessons_run_at_once_and_the_view_follows_both
keep a 01_thread_result
keep b 02_result_queue
holds who_leaves_ends_both_programs_and_is_told
holds the_view_pauses_while_the_programs_run_on
holds on_one_clock_steps_go_on_and_back_through_the_same_places
holds step_by_step_both_show_the_same_step
holds other_names_of_keys_do_the_same
holds playing_gets_slower_and_faster
holds WHY_is_gone_to_only_where_there_is_one
holds rows_that_do_not_fit_are_scrolled_to
holds the_screen_is_drawn_anew
holds what_the_end_tells_is_hidden_until_E_is_pressed
holds the_pages_open_and_close
holds one_run_alone_and_back_where_it_was_left
holds time_cells_get_longer_and_shorter_and_fit
holds a_wide_screen_shows_them_side_by_side
holds lessons_that_use_the_processor_run_one_after_the_other
holds without_names_the_pairs_are_a_list_to_choose_from
holds without_a_terminal_the_ends_are_printed
holds bad_input_is_refused_in_a_line
