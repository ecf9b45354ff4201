#!/bin/bash
# colours.sh - as many colours as the terminal has, or as asked for; and who wins where
# the command line, the configuration file and NO_COLOR say different things.

# shellcheck source=tests/screen/screen.inc
. "$(dirname "$0")/screen.inc"

# The kinds of colours on the screen: "many", "eight", both, or nothing.
colours() {
    local codes kinds=''

    codes=$(terminal capture-pane -pe | grep -oE $'\e\\[[0-9;]*m')
    grep -qE '[34]8;5;' <<<"$codes" && kinds+=many
    grep -vE '[34]8;5;' <<<"$codes" | grep -qE '[[;][34][0-7][;m]' && kinds+=eight
    echo "$kinds"
}

config() {
    mkdir -p "$XDG_CONFIG_HOME/viz"
    printf '%s\n' "$@" >"$XDG_CONFIG_HOME/viz/config"
}

# shows KIND COMMAND: in the picture of the recording are such colours.
shows() {
    enter "$2 replay --at=140 kept"
    wait_for '^>m main '
    [ "$(colours)" = "$1" ] || fail "$2: these colours are shown: '$(colours)'"
    has ' W waits ' || fail 'there are no letters'
    press q
    wait_gone '^>m main '
}

start_with_recording() {
    rm -f "$XDG_CONFIG_HOME/viz/config"
    start 80 24
    enter 'viz run -o kept --dump=80x24 3 --delay 9 --seed 7 >/dev/null; echo ready'
    wait_for '^ready'
    enter clear
}

there_are_as_many_colours_as_the_terminal_has() {
    start_with_recording
    shows many 'TERM=screen-256color viz'
    shows eight 'TERM=screen viz'
    shows '' 'TERM=vt220 viz'
    shows many 'TERM=screen-256color viz --palette=projector'
    shows eight 'TERM=screen-256color viz --color=8 --palette=projector'
}

who_asks_for_none_gets_none() {
    start_with_recording
    shows '' 'TERM=screen-256color viz --color=never'
    shows '' 'NO_COLOR=1 TERM=screen-256color viz'
    shows many 'NO_COLOR= TERM=screen-256color viz'
}

the_command_line_wins_over_the_file_and_that_over_NO_COLOR() {
    start_with_recording
    shows many 'NO_COLOR=1 TERM=screen-256color viz --color=256'
    config '# a comment' 'color = 8' 'ascii = yes'
    shows eight 'NO_COLOR=1 TERM=screen-256color viz'
    shows '' 'TERM=screen-256color viz --color=never'
    enter 'viz replay --at=140 kept'
    wait_for '^ QUEUES   next out <-- \.\.\. <-- put in --*\+--*$'
    press q
    wait_gone '^ THREADS '
    enter 'viz --no-ascii replay --at=140 kept'
    wait_for '^ THREADS ──*┬─ '
}

# refuses WORDS COMMAND: one line, and 2.
refuses() {
    enter "try $2 2>error"
    wait_for '^status 2$'
    terminal_is_restored
    [ "$(wc -l <"$folder/error")" -eq 1 ] || fail "not one line: $(cat "$folder/error")"
    grep -qE -- "$1" "$folder/error" || fail "it says: $(cat "$folder/error")"
    ! LC_ALL=C grep -q '[[:cntrl:]]' "$folder/error" || fail 'control characters get out'
    enter clear
    wait_gone status
}

what_cannot_be_is_refused_in_one_line() {
    start_with_recording
    refuses 'color is 256, but the terminal has 8' 'env TERM=screen viz --color=256'
    refuses 'color is always, but .* 0 colours' 'env TERM=vt220 viz --color=always 3'
    refuses 'palette is default, light, .*not .lihgt' 'viz --palette=lihgt 3'
    refuses 'color is auto.*not .\^\[\[31m' "viz --color=$'\\e[31m' 3"
    config 'palette = light' 'colour = 8'
    refuses 'config, line 2: .colour. is no setting' 'viz'
    config $'palette = \e]0;title\a'
    refuses 'config, line 1: palette is' 'viz replay kept'
}

holds there_are_as_many_colours_as_the_terminal_has
holds who_asks_for_none_gets_none
holds the_command_line_wins_over_the_file_and_that_over_NO_COLOR
holds what_cannot_be_is_refused_in_one_line
