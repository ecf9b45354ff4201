#!/bin/bash
# rows.sh - the rows and the queues by keys: their order, the time line, pages.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

rows_are_sorted_and_the_chosen_thread_stays_chosen() {
    start 80 24
    enter 'viz 3 --delay 60000 --seed 7'
    wait_for ' LIVE ' '^.4 worker-4 +S .*works on ' '^ messages .* 0 queued'
    row_is 4 '^>m main ' || fail 'main is not the first'
    press o
    wait_for '^ THREADS   by state ' '^ rows by state: can go'
    wait_until row_is 4 'worker-. +S '
    wait_for '^>m main '
    press o
    wait_for '^ THREADS   longest waited first ' '^>m main .* s *│'
    press o
    wait_for '^ THREADS ─' 'rows in the order in which the threads were started'
    wait_until row_is 4 '^>m main '
    press q
    wait_for '^\$ *$'
}

# A recording of two seconds with forty workers.
record() {
    enter 'viz run -o many.trace 3 --workers 40 --tasks 200 --delay 300 --seed 7'
    wait_for 'ENDED'
    press q
    wait_for '^\$ *$'
    enter 'clear; viz replay many.trace'
    wait_for '^ THREADS '
    press G
    wait_for 'ENDED'
}

the_time_line_is_panned_and_comes_back() {
    press , '*'
    wait_for 'the time line shows all of the run so far' '▼'
    press + + +
    wait_for '^ THREADS .*┬< .*▼'
    press '{'
    wait_for '^ THREADS .*┬< .*>─?$' 'the time line shows .* s to .* s;'
    press '}'
    wait_for '^ THREADS .*▼' 's to now;'
    press '{' '{'
    wait_gone '▼'
    press , # who moves through time sees the moment
    wait_for '^ THREADS .*▼'
    press '*'
    wait_for '^ THREADS .*┬─ .*▼'
}

pages_lead_through_the_threads() {
    press g
    wait_until step_is 1
    type_text ':300'
    press Enter
    wait_until step_is 300
    wait_for '^>m main ' '[0-9]+ below'
    press NPage NPage
    wait_for '[0-9]+ above' '[0-9]+ below'
    press NPage NPage NPage NPage NPage NPage
    wait_for '[0-9]+ above'
    wait_gone ' below'
    press PPage PPage PPage PPage PPage PPage PPage PPage
    wait_for '^>m main '
}

a_queue_says_what_moved_last() {
    type_text ':300'
    press Enter
    wait_until step_is 300
    wait_for '^.tasks .* … \+[0-9]+ … '
    press z Tab
    # one of the two has the item, or the room to say who took it
    wait_for '^ QUEUES .* put in' '^.(tasks|messages) .*( [*]| by )'
}

holds rows_are_sorted_and_the_chosen_thread_stays_chosen
record
holds the_time_line_is_panned_and_comes_back
holds pages_lead_through_the_threads
holds a_queue_says_what_moved_last
