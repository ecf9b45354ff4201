#!/bin/bash
# every_key.sh - each key of the view and of the comparison is pressed in some test of
# this folder, so that a new key asks for a test.

set -u
cd "$(dirname "$0")" || exit 1
status=0

# The keys of a table, each a line as the help shows it: "q", "Enter", "^L".
keys_of() {
    sed -nE 's/^    \{.*, "(.+)", COMMAND_.*/\1/p' "../../viz/$1"
}

# What the scripts press and type, each a line: keys by the names that the tables have.
pressed_in() {
    local line word words

    cat "$@" | sed -nE "s/^ *(press|moves) //p; s/^ *type_text ['\"](.).*/'\1'/p" |
        sed -E 's/ #.*//' | while read -r line; do
        read -r -a words <<<"$line"
        for word in "${words[@]}"; do
            word=${word#[\'\"]}
            [ -z "${word:1}" ] || word=${word%[\'\"]}
            case $word in
            Space) echo space ;;
            Escape) echo Esc ;;
            C-l) echo '^L' ;;
            Up | Down | Left | Right) echo "${word,}" ;;
            *) echo "$word" ;;
            esac
        done
    done
}

# check WHAT TABLE SCRIPT...
check() {
    local key what=$1 table=$2 pressed count=0

    shift 2
    pressed=$(pressed_in "$@")
    while read -r key; do
        count=$((count + 1))
        grep -qxF -- "$key" <<<"$pressed" && continue
        echo "no test presses $key in $what (viz/$table)"
        status=1
    done < <(keys_of "$table")
    [ "$count" -ge 30 ] || { echo "viz/$table: only $count keys are found" && status=1; }
}

shopt -s extglob
check 'the view' keys.c !(compare|every_key).sh
check 'the comparison' keys_compare.c compare.sh
exit $status
