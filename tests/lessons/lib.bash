# lib.bash - what the tests of the lessons share; each begins with
#
#     source "$(dirname "$0")/lib.bash"
#
# and then stands in the kit's folder, has a folder $work of its own, which goes away at
# the end, and the functions below. A test fails at its first failed check.
# shellcheck shell=bash disable=SC2034 # used by who sources it

set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

work=$(mktemp -d)
children=() # processes to end with the test
at_end() {
    local child
    for child in "${children[@]}"; do
        kill -9 "$child" 2>/dev/null
    done
    chmod -R u+w "$work"
    rm -rf "$work"
}
trap at_end EXIT
trap 'exit 130' INT TERM HUP

TSAN_OPTIONS="die_after_fork=0 halt_on_error=1 atexit_sleep_ms=20 ${TSAN_OPTIONS:-}"
export TSAN_OPTIONS
# a run that ends at once, as a deadlock does, leaves threads that nobody joined
TSAN_OPTIONS+=" report_thread_leaks=0"
export UBSAN_OPTIONS="print_stacktrace=1 halt_on_error=1 ${UBSAN_OPTIONS:-}"
unset VIZ_TRACE

fixed_addresses=()
setarch "$(uname -m)" -R true 2>/dev/null && fixed_addresses=(setarch "$(uname -m)" -R)

fail() {
    echo "FAILED: $*"
    [ ! -s "$work/err" ] || sed 's/^/    stderr: /' "$work/err"
    exit 1
}

skip() {
    echo "$*"
    exit 77
}

# run BUILD NAME [OPTION...]: runs lessons/NAME as built there; its output is in
# $work/out and $work/err, its exit status in $status.
run() {
    local build=$1 name=$2 before=()
    shift 2

    [ "$build" = build/thread ] && before=("${fixed_addresses[@]}")
    timeout 60 "${before[@]}" "$build/lessons/$name" "$@" \
        >"$work/out" 2>"$work/err" </dev/null
    status=$?
}
status=0

# builds: the folders that have lessons, each a line.
builds() {
    local build
    for build in build build/thread build/address; do
        [ ! -d "$build/lessons" ] || echo "$build"
    done
}

# ends SOURCE: the exit status that its opening comment announces.
ends() {
    sed -n 's/^ \* Ends: *\([0-9][0-9]*\).*/\1/p' "$1" | head -n 1
}

# has_data_race SOURCE: whether its opening comment names a data race.
has_data_race() {
    sed '/^ \*\/$/q' "$1" | grep -q '^ \* Data race: '
}

# told_data_race: whether that is what ended the program that ran last: ThreadSanitizer
# has seen a data race.
told_data_race() {
    [ "$status" -eq 66 ] && grep -q 'ThreadSanitizer: data race' "$work/err"
}

# until_so COMMAND...: tries until it succeeds; fails after half a minute.
until_so() {
    local end=$((SECONDS + 30)) never
    exec {never}<> <(:) # where nothing ever comes: to wait there starts no program
    until "$@"; do
        [ $SECONDS -lt $end ] || fail "this did not come true: $*"
        read -r -t 0.01 -u "$never"
    done
    exec {never}<&-
}

# has_command NAME: whether the viewer is built and knows that command.
has_command() {
    [ -x build/bin/viz ] &&
        ! build/bin/viz "$1" 2>&1 </dev/null | grep -q 'no lesson\|no such command'
}
