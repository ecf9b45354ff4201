#!/bin/bash
# bad_usage.sh - bad input to any lesson: one line that says what is wrong, exit status
# 2, no file made, and none that was there touched.
#
# All programs read their options by the same code, so one gets every bad option, and the
# others a few.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

mkdir "$work/files"
kept=$work/files/kept
echo 'a trace from yesterday' >"$kept"

# refused NAME OPTION...
refused() {
    local name=$1 what="$*"

    run build "$@"
    [ "$status" -eq 2 ] || fail "$what: exit status $status, not 2"
    [ ! -s "$work/out" ] || fail "$what: prints on stdout"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "$what: not one line on stderr"
    grep -q "^$name: " "$work/err" || fail "$what: does not begin with its name"
    [ "$(cat "$kept")" = 'a trace from yesterday' ] || fail "$what: touched the file"
    [ "$(ls "$work/files")" = kept ] || fail "$what: left a file behind"
}

# refuse_all NAME: every bad option.
refuse_all() {
    local name=$1 bad

    for bad in --wrokers=3 -x -xy '--workers 0' '--workers -1' '--workers many' \
        '--workers 1001' '--tasks -1' '--tasks 99999999999999999999' '--delay 1.5' \
        '--capacity 0x10' '--seed -1' '--workers'; do
        # shellcheck disable=SC2086 # an option and its value
        refused "$name" --trace "$kept" $bad
    done
    refused "$name" --tasks '' --trace "$kept"
    refused "$name" --trace
    refused "$name" --trace ''
    refused "$name" --trace "$work/files"
    refused "$name" --trace /dev/null
    refused "$name" --trace "$work/files/none/trace"
    refused "$name" --trace "$kept/trace"
    refused "$name" --trace "$(printf '%05000d' 0)"
}

# Text that must reach no terminal as it is: an escape sequence, a byte that is not UTF-8.
nasty=$'\e[31mred\e]0;title\a\xff\xc3('

# refuse_arguments NAME: plain arguments that are too many, too empty or too long.
refuse_arguments() {
    local name=$1

    if grep -q '\.arguments = ' "lessons/$name.c"; then
        refused "$name" --trace "$kept" ''
        refused "$name" --trace "$kept" "$(printf '%05000d' 0)"
        refused "$name" --trace "$kept" "$nasty$(printf '%05000d' 0)"
    else
        refused "$name" --trace "$kept" "$nasty"
    fi
    ! LC_ALL=C grep -q '[^ -~]' <(LC_ALL=C sed 's/\xe2\x80\xa6//g' "$work/err") ||
        fail "$name: an argument reaches the terminal as it is"
}

refuse_all 03_task_done_join/lesson
for source in lessons/*/*.c; do
    name=${source#lessons/}
    name=${name%.c}
    refused "$name" --trace "$kept" --wrokers=3
    refused "$name" --trace "$kept" --workers 0
    refused "$name" --trace "$work/files/none/trace"
    refuse_arguments "$name"
    run build "$name" --trace "$kept" --help
    [ "$status" -eq 0 ] || fail "$name --help: exit status $status"
    [ ! -s "$work/err" ] || fail "$name --help: says something on stderr"
    grep -q '^Usage: ' "$work/out" || fail "$name --help: does not tell its usage"
    [ "$(ls "$work/files")" = kept ] || fail "$name --help: made a file"
done

VIZ_TRACE=$work/files/none/trace refused 03_task_done_join/lesson --delay 0

# A folder that may not be written. Root may write anywhere, so root tries as nobody.
as_nobody=()
if [ "$(id -u)" -eq 0 ]; then
    as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chmod 755 "$work" "$work/files"
    "${as_nobody[@]}" test -x build/lessons/03_task_done_join/lesson || exit 0
fi
chmod 444 "$kept"
# refused_as_nobody FILE
refused_as_nobody() {
    "${as_nobody[@]}" build/lessons/03_task_done_join/lesson --trace "$1" \
        >"$work/out" 2>"$work/err"
    [ $? -eq 2 ] || fail "--trace $1 without the right to write: not exit status 2"
    grep -q 'cannot be written: Permission denied' "$work/err" ||
        fail "--trace $1 without the right to write: does not say so"
}
chmod 777 "$work/files"
refused_as_nobody "$kept" # although a new file could take its place
chmod 555 "$work/files"
refused_as_nobody "$work/files/new"
[ "$(cat "$kept")" = 'a trace from yesterday' ] || fail 'a read-only file was touched'
