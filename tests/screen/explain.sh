#!/bin/bash
# explain.sh - what a newcomer asks, with the keys that the last row tells: why does it
# wait, since when, who put that item and in which line, what happened before.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# A recording of the lesson, and what is where in it.
record() {
    (cd "$folder" && viz run -o run 3 --delay 3 --seed 7 >/dev/null)
    viz events "$folder/run" >"$folder/events"
    join=$(step_of '"queue_join_begin"')
    taken=$(step_of '"thread":"worker-1".*"queue_get".*"object":"tasks"')
    item=$(sed -n "${taken}s/.*\"item\":\"\([^\"]*\)\".*/\1/p" "$folder/events")
    put=$(step_of "\"queue_put\".*\"object\":\"tasks\".*\"item\":\"$item\"")
    [ -n "$join" ] && [ -n "$taken" ] && [ -n "$put" ] || fail 'the recording is odd'
}

# step_of PATTERN: the first step like that, perhaps not in that order of fields.
step_of() {
    grep -nE -m 1 -- "$1" "$folder/events" | cut -d: -f1
}

show() {
    start 80 24
    enter "viz replay --at=$1 run"
    wait_until step_is "$1"
}

why_a_thread_waits_and_since_when() {
    show $((join + 1))
    row_is -1 'b why it waits' || fail 'the hints do not tell of b'
    press b
    wait_for '^ WHAT FREES main' 'every task of tasks must be reported done'
    press Enter # the first line leads to the thread
    wait_for '^ THREAD main' '^ >   since step'
    row_is -1 'Enter goes there' 'Esc back' || fail 'the hints are not those of a page'
    press Enter
    wait_until step_is "$join"
    row_is -1 "goes back to step $((join + 1))" || fail 'there is no way back'
    press "'"
    wait_until step_is $((join + 1))
}

which_line_put_the_item_that_it_took() {
    show "$taken"
    press 1 Enter
    wait_for '^ THREAD worker-1' \
        "works on '$item', put by main at step $put, lesson.c:[0-9]+"
    press Down
    wait_for "^ > works on '$item'"
    press Enter
    wait_until step_is "$put"
    wait_for '^>m main' "^ > main put '$item' on tasks" '^ m +[0-9]+ +queue_put\('
}

pages_lead_to_pages_and_back() {
    show "$taken"
    press 1 Enter
    wait_for '^ THREAD worker-1'
    press Down Down
    wait_for "^ > +the life of '$item'"
    press Enter
    wait_for "^ ITEM '$item' of tasks" 'put by main' 'taken by worker-1'
    press End Up Enter
    wait_for '^ queue tasks' 'made by main' 'most in it'
    press Escape
    wait_for "^ ITEM '$item'"
    press Escape
    wait_for '^ THREAD worker-1'
    press q
    wait_for '^ THREADS '
    step_is "$taken" || fail 'looking at pages went somewhere'
}

a_queue_is_chosen_and_told_of() {
    show "$taken"
    press Tab
    wait_for '^>tasks '
    press Down
    wait_for '^>messages ' '^ tasks '
    press Enter
    wait_for '^ queue messages'
    press Escape Up
    wait_for '^>tasks '
}

what_frees_it_later_is_told_only_on_demand() {
    show "$join"
    press b
    wait_for 'tells what comes'
    has_not ' frees it: ' || fail 'it tells at once'
    press End Enter
    wait_for '^ WHAT WILL FREE main' "step [0-9]+ frees it: .*reports a task"
    press Enter
    wait_gone 'WHAT WILL FREE'
    step_is_after "$join" || fail 'Enter did not go on'
}

step_is_after() {
    [ "$(step)" -gt "$1" ]
}

events_are_told_up_to_the_step_shown() {
    show "$taken"
    press e
    wait_for '^ EVENTS ' "^> +$taken .* worker-1 took '$item' from tasks"
    has_not '^ OUTPUT | OUTPUT ' || fail 'the output is still there'
    has_not "^ +$((taken + 1)) " || fail 'it tells what comes next'
    press Up
    wait_gone "^> +$taken "
    press Down
    wait_for "^> +$taken "
    press e
    wait_for ' OUTPUT '
    wait_gone '^ EVENTS '
}

events_are_filtered_and_stepped_through() {
    show "$taken"
    press '&'
    wait_until row_is -1 'show only'
    type_text 'thread:main tasks waits'
    press Enter
    wait_for '^ EVENTS  filter: thread:main tasks waits'
    press g
    wait_until step_is 1
    press .
    wait_until step_is "$join"
    wait_for "^> +$join .* main joins tasks and waits"
    press .
    wait_until row_is -1 "nothing that the filter lets through after step $join"
    step_is "$join" || fail 'it went somewhere all the same'
    type_text '&'
    press C-u Enter
    wait_gone 'filter: '
    type_text '&thread:'
    press Enter
    wait_until row_is -1 'after the colon comes a name'
}

what_is_searched_is_found_on_and_back() {
    show 1
    type_text "/put '$item' on"
    wait_until row_is -1 "search.*put '$item' on_"
    press Enter
    wait_until step_is "$put"
    wait_until row_is -1 "is at step $put"
    press n
    wait_until row_is -1 "is at step $put, from the start again"
    press G N
    wait_until step_is "$put"
    press /
    wait_until row_is -1 'search'
    press Escape
    wait_gone 'search in'
    type_text '/no such words at all'
    press Enter
    wait_until row_is -1 "no 'no such words at all'"
    step_is "$put" || fail 'a search without a hit went somewhere'
}

marks_are_gone_through() {
    show 5
    press "'"
    wait_until row_is -1 'nothing is marked'
    press M
    wait_until row_is -1 'step 5 is marked'
    type_text ':20'
    press Enter
    wait_until step_is 20
    press M "'"
    wait_until step_is 5
    wait_until row_is -1 'mark 1 of 2'
    press "'"
    wait_until step_is 20
    press M
    wait_until row_is -1 'is taken away'
}

findings_are_told_once_they_are_reached() {
    (cd "$folder" && viz run -o stuck 3/missing_task_done --delay 1 >/dev/null 2>&1)
    start 80 24
    enter 'viz replay --at=9 stuck'
    wait_until step_is 9
    press f
    wait_for '^ FINDINGS up to step 9' 'nothing stands out' 'E shows all'
    press E
    wait_for '^   WRONG' '^ > .*task not reported: ' 'deadlock: .*nobody can go on'
    press E
    wait_gone 'WRONG'
    press Escape G f
    wait_for '^   WRONG' '^ > .*task not reported: '
    press Enter
    wait_gone '^ FINDINGS'
    wait_for "took '.*' from tasks"
}

# Another seed or another moment: the title tells both.
is_another_run() {
    [ "$(row 1)" != "$first" ]
}

the_tour_points_at_things_and_is_left() {
    local page

    show "$taken"
    press '?' '?'
    for page in 1 2 3 4 5 6 7; do
        wait_for " $page of 7 "
        press Enter
    done
    wait_gone ' of 7 '
    press '?' '?'
    wait_for ' 1 of 7  ROWS '
    press Right
    wait_for ' 2 of 7 '
    press Left
    wait_for ' 1 of 7 '
    press Escape
    wait_gone ' of 7 '
    step_is "$taken" || fail 'the tour went somewhere'
    press q
    wait_for '^\$ *$'
    enter 'viz --tour 3 --delay 20'
    wait_for ' 1 of 7  ROWS '
    press q
    wait_gone ' of 7 '
    wait_until row_is 1 '\(0\)'
    first=$(row 1)
    press r
    wait_until is_another_run
    has_not ' of 7 ' || fail 'the second run begins with the tour, too'
}

record
holds why_a_thread_waits_and_since_when
holds which_line_put_the_item_that_it_took
holds pages_lead_to_pages_and_back
holds a_queue_is_chosen_and_told_of
holds what_frees_it_later_is_told_only_on_demand
holds events_are_told_up_to_the_step_shown
holds events_are_filtered_and_stepped_through
holds what_is_searched_is_found_on_and_back
holds marks_are_gone_through
holds findings_are_told_once_they_are_reached
holds the_tour_points_at_things_and_is_left
