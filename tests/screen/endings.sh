#!/bin/bash
# endings.sh - how a run ended, as the screen tells it, and what one may do then.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

a_good_end_stays_on_the_screen_and_is_said_in_words() {
    start 80 24
    enter 'viz 3 --delay 0 --seed 7'
    wait_until row_is 1 'ENDED.*\(0\)|\(0\).*ENDED'
    wait_for '^.m main +E ended' '^.p printer +E ended' 'job finished|4 stop'
    wait_until row_is -1 'g start' 'r again' 'v variant' 'd differ' 'q quit'
}

the_end_is_gone_back_from_and_played_again() {
    local last

    start 80 24
    enter 'viz 3 --delay 100 --seed 7'
    wait_until row_is 1 '\(0\)'
    last=$(step)
    press ,
    wait_gone "step $last "
    row_is 1 'PAUSED' || fail 'it is not paused'
    press g
    wait_until step_is 1
    wait_for '> the run begins'
    press Space
    wait_gone ' step 1 '
    wait_until step_is "$last"
    wait_until row_is 1 '\(0\)'
    press '(' '(' '(' '(' Space # so slow that there is time to look
    wait_until row_is 1 'PLAYING 1/16x'
    press ')'
    wait_until row_is 1 'PLAYING 1/8x'
    press Space
    wait_until row_is 1 'PAUSED'
}

r_runs_the_program_again() {
    local before

    start 80 24
    enter 'viz 3 --delay 1'
    wait_until row_is 1 '\(0\)'
    before=$(row 1)
    press r
    wait_until row_is_not 1 "$before"
    wait_until row_is 1 '\(0\)'
    press q
    wait_for '^\$ *$'
    [ "$(find "$XDG_STATE_HOME" -name '*.trace' | wc -l)" -ge 2 ] ||
        fail 'not both runs were kept'
}

v_runs_the_variants_one_after_the_other() {
    start 80 24
    enter 'viz 3 --delay 0'
    wait_until row_is 1 '^ 3 task_done_join .*\(0\)'
    press v
    wait_until row_is 1 'as_in_document .*\(0\)'
    press v
    wait_until row_is 1 'extra_task_done .*\(4\)'
    press v
    wait_until row_is 1 'missing_task_done .*\(3\)'
    press v
    wait_until row_is 1 '^ 3 task_done_join .*\(0\)'
}

d_shows_the_lines_that_differ_from_the_lesson() {
    start 80 24
    enter 'viz 3/extra_task_done --delay 0'
    wait_until row_is 1 '\(4\)'
    press d
    wait_for 'LINES THAT DIFFER' "^ \\+ .*if \\(letter == 'q'\\)" \
        '^ \+ .*queue_task_done\(me->tasks\);'
    press Escape
    wait_for '^ THREADS '
    press q
    wait_for '^\$ *$'
    enter 'viz 3 --delay 0'
    wait_until row_is 1 '\(0\)'
    press d
    wait_until row_is -1 'nothing differs'
}

again_and_variant_wait_for_the_end() {
    start 80 24
    enter 'viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S '
    press r
    wait_until row_is -1 'still runs.*q ends it'
    press v
    wait_until row_is -1 'still runs.*q ends it'
    wait_until row_is 1 ' LIVE '
}

a_deadlock_is_shown_as_such_with_who_waits_for_what() {
    start 80 24
    enter 'try viz 3/missing_task_done --delay 2 --seed 7'
    wait_until row_is 1 '\(3\)'
    row_is 1 '[Dd]eadlock|STUCK' || fail 'the title does not tell of the deadlock'
    wait_for '^.m main +W .*tasks\.join: 1 ' '^.0 worker-0 +W .*item on tasks' \
        '^ tasks .*0 queued \+ 1 taken = 1 unfinished' 'STUCK \(deadlock\)'
    press q
    wait_for '^status 3$'
}

misuse_is_shown_as_such_with_where_it_happened() {
    start 120 40
    enter 'try viz 3/extra_task_done --delay 2 --seed 7'
    wait_until row_is 1 '\(4\)'
    row_is 1 '[Mm]isuse' || fail 'the title does not tell of the misuse'
    wait_for 'queue_task_done on tasks'
    press q
    wait_for '^status 4$'
}

a_lesson_that_is_killed_is_shown_as_killed_and_replayed_so() {
    start 80 24
    enter 'try viz run -o kept 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S '
    find_process lesson
    kill -KILL "$process"
    wait_until row_is 1 'KILLED by signal 9'
    wait_for '^.m main +X killed' '^.4 worker-4 +X killed'
    press q
    wait_for '^status 137$'
    enter 'clear; viz replay --dump=80x24 kept | head -n 5'
    wait_for 'KILLED by signal 9' '^.m main +X killed'
}

holds a_good_end_stays_on_the_screen_and_is_said_in_words
holds the_end_is_gone_back_from_and_played_again
holds r_runs_the_program_again
holds v_runs_the_variants_one_after_the_other
holds d_shows_the_lines_that_differ_from_the_lesson
holds again_and_variant_wait_for_the_end
holds a_deadlock_is_shown_as_such_with_who_waits_for_what
holds misuse_is_shown_as_such_with_where_it_happened
holds a_lesson_that_is_killed_is_shown_as_killed_and_replayed_so
