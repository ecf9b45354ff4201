#!/bin/bash
# live.sh - what a live run looks like: the panes, the sizes, the colours, plain ASCII.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# Every worker takes an item and naps for long: the picture then stands still.
napping='--delay 60000 --seed 7'

panes_are_there() {
    wait_for '^ THREADS ' '^ QUEUES ' '^ SOURCE .*03_task_done_join/lesson.c.* OUTPUT '
    wait_for '^.m main +W .*tasks\.join: 19 ' '^.0 worker-0 +S .*works on ' \
        '^.4 worker-4 +S .*works on ' '^.p printer +W .*for an item on messages'
    wait_for '^ tasks .*14 queued \+ 5 taken = 19 unfinished' '^ messages .* 0 queued'
    wait_for '^ *m .* queue_join\(&tasks\);' '[│|] p +waiting for jobs'
    row_is 1 '^ 3 task_done_join  LIVE .* step [0-9]+  [0-9.]+ s  seed 7 *$' ||
        fail 'the title is not in row 1'
    row_is -1 'space pause' '\? help' 'q quit' || fail 'the last row is not the hints'
}

a_live_run_fills_80x24_with_its_panes() {
    start 80 24
    enter "viz 3 $napping"
    panes_are_there
    [ "$(screen | wc -l)" -eq 24 ] || fail 'there are not 24 rows'
}

a_live_run_fills_120x40_with_its_panes() {
    start 120 40
    enter "viz run 3 $napping"
    panes_are_there
    wait_for 'handled == options.tasks|queue_put\(&tasks, &letters' # more source
    [ "$(screen | wc -l)" -eq 40 ] || fail 'there are not 40 rows'
    press q
    wait_for '^\$ *$'
}

has_colour() {
    terminal capture-pane -p -e |
        grep -qE $'\033\\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7])(;[0-9]+)*m'
}

states_have_colours() {
    start 80 24
    enter "viz 3 $napping"
    wait_for '^.4 worker-4 +S '
    wait_until has_colour
}

NO_COLOR_is_respected() {
    start 80 24
    enter "NO_COLOR=1 viz 3 $napping"
    panes_are_there
    ! has_colour || fail 'there are colours'
}

is_ascii() {
    ! screen | LC_ALL=C grep -q '[^ -~]'
}

a_locale_that_is_not_UTF8_gets_ascii_alone() {
    start 80 24
    enter "LC_ALL=C viz 3 $napping"
    wait_for '^ THREADS -+\+' '^ tasks .*14 queued' '\| p +waiting for jobs'
    is_ascii || fail 'there is something beyond ASCII'
}

the_option_ascii_gets_ascii_alone() {
    start 80 24
    enter "viz --ascii 3 $napping"
    wait_for '^ THREADS -+\+' '^ tasks .*14 queued' '\| p +waiting for jobs'
    is_ascii || fail 'there is something beyond ASCII'
}

what_the_lesson_prints_on_stderr_does_not_tear_the_screen() {
    start 80 24
    enter 'viz 3/extra_task_done --delay 20 --seed 7'
    wait_for '\(4\)' '^ THREADS ' '^ QUEUES ' '^ SOURCE '
    row_is 1 '^ 3 .*extra_task_done .* step ' || fail 'row 1 is not the title'
    row_is 3 '^ THREADS ' || fail 'the picture has moved'
}

holds a_live_run_fills_80x24_with_its_panes
holds a_live_run_fills_120x40_with_its_panes
holds states_have_colours
holds NO_COLOR_is_respected
holds a_locale_that_is_not_UTF8_gets_ascii_alone
holds the_option_ascii_gets_ascii_alone
holds what_the_lesson_prints_on_stderr_does_not_tear_the_screen
