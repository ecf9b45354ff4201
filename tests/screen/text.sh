#!/bin/bash
# text.sh - text of any kind on a real terminal: wide and combining characters keep their
# columns, and what would do something to a terminal is shown and does nothing.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# The line between source and output stands in one column, in each of those rows.
line_is_straight() {
    local number line before column=''

    for number in {15..23}; do
        line=$(row "$number")
        before=${line%%[│┬]*}
        [ "$before" != "$line" ] || return 1
        [ "${column:=${#before}}" -eq ${#before} ] || return 1
    done
}

wide_and_combining_characters_keep_their_columns() {
    start 80 24
    enter "viz 1 --delay 1 中文链接很长很长很长很长很长很长很长 \$'e\\xcc\\x81\\xcc\\x82a' 😀😀"
    wait_until row_is 1 '\(0\)'
    wait_for $'m  e\xcc\x81\xcc\x82a: ' '│ m  中文链接很长很长' 'm  😀😀: '
    wait_until line_is_straight
    wait_until row_is -1 '\? help'
    terminal resize-window -x 61 -y 24
    wait_until row_is -1 '\? help'
    wait_until line_is_straight
}

# A recording in which six bytes of what was printed and queued last are other ones.
start_with() {
    start 80 24
    enter 'viz run -o kept --dump=80x24 3 --delay 9 --seed 7 >/dev/null; echo ready'
    wait_for '^ready'
    LC_ALL=C sed "s/[0-4] stop/$1/g" "$folder/kept" >"$folder/changed"
    cmp -s "$folder/kept" "$folder/changed" && fail 'nothing was changed'
    enter clear
    wait_gone ready
}

what_would_clear_the_screen_or_set_the_title_is_shown() {
    local title

    start_with '\x1b[2Jxy'
    title=$(terminal display-message -p '#{pane_title}')
    enter 'viz replay changed'
    wait_for '^>m main '
    press G
    wait_for '│ p  \^\[\[2Jxy' '^ THREADS '
    wait_until row_is -1 '\? help'
    start_with '\x1b]0;x\x07'
    enter 'viz replay changed'
    wait_for '^>m main '
    press G
    wait_for '│ p  \^\[\]0;x\^G' '^ THREADS '
    [ "$(terminal display-message -p '#{pane_title}')" = "$title" ] ||
        fail 'the title of the terminal is another one'
}

what_is_no_UTF_8_is_shown_as_bytes() {
    start_with '\xff\xfe\xc3(\x80x'
    enter 'viz replay changed'
    wait_for '^>m main '
    press G
    wait_for '│ p  <ff><fe><c3>\(<80>x'
    wait_until line_is_straight
}

where_the_locale_is_not_UTF_8_everything_is_ASCII() {
    start 80 24
    enter 'LC_ALL=C viz 1 --delay 1 中文'
    wait_until row_is 1 '\(0\)'
    wait_for '^ THREADS -+\+[- ]' '\| m  '
    ! screen | LC_ALL=C grep -q '[^ -~]' || fail 'there is more than ASCII'
}

holds wide_and_combining_characters_keep_their_columns
holds what_would_clear_the_screen_or_set_the_title_is_shown
holds what_is_no_UTF_8_is_shown_as_bytes
holds where_the_locale_is_not_UTF_8_everything_is_ASCII
