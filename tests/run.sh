#!/bin/bash
# run.sh - runs every test and prints one line for each; "make test" calls it.
#
# usage: tests/run.sh [WORD...]     only the tests whose name contains one of the words
#
# A test is a program or script: exit status 0 passed, 77 skipped (its last line says
# why), anything else failed, and then its output is shown. They are found by wildcard:
#
#   tests/unit/NAME.c     as built in build/, build/thread/ and build/address/; those of
#                         the viewer, which has one thread, not in build/thread/
#   tests/NAME.sh         but not the tools beside this one
#   tests/lessons/*.sh, tests/screen/*.sh, tests/fuzz/*.sh
#
# Beside each test stands how many seconds it took, with two others running beside it.
# The last line printed is the result; the exit status is 1 if a test failed.

set -u
cd "$(dirname "$0")/.." || exit 1

at_once=3          # two processors have work while one test waits
seconds=240        # a test that takes longer is stuck; on a busy machine some take long
tools=' run need demo soak viewer_tests '

TSAN_OPTIONS="die_after_fork=0 halt_on_error=1 atexit_sleep_ms=20 ${TSAN_OPTIONS:-}"
# a run that ends at once, as a deadlock does, leaves threads that nobody joined
TSAN_OPTIONS+=" report_thread_leaks=0"
export TSAN_OPTIONS
export UBSAN_OPTIONS="print_stacktrace=1 halt_on_error=1 ${UBSAN_OPTIONS:-}"

logs=$(mktemp -d)
export XDG_CONFIG_HOME=$logs/config # the user's settings change no test
declare -A running=() # process id -> name of the test
declare -A began=()   # process id -> when, in microseconds
passed=0 failed=0 skipped=0

stop_all() {
    local pid
    for pid in "${!running[@]}"; do
        kill "$pid" 2>/dev/null && wait "$pid" # timeout ends the test's whole group
    done
    rm -rf "$logs"
}
trap stop_all EXIT
trap 'exit 130' INT TERM HUP

# ThreadSanitizer of older compilers cannot place its memory where addresses are
# randomized widely; where it may be turned off for one program, it is.
fixed_addresses=()
setarch "$(uname -m)" -R true 2>/dev/null && fixed_addresses=(setarch "$(uname -m)" -R)

wanted=("$@")
is_wanted() {
    local word
    [ ${#wanted[@]} -gt 0 ] || return 0
    for word in "${wanted[@]}"; do
        [[ $1 == *"$word"* ]] && return 0
    done
    return 1
}

now() { echo "${EPOCHREALTIME/[.,]/}"; }

# report NAME STATUS [MICROSECONDS]: the test's one line, and what it printed if it failed.
report() {
    local log=$logs/${1//\//_} took

    printf -v took '%3d.%d s ' $((${3:-0} / 1000000)) $((${3:-0} / 100000 % 10))

    case $2 in
    0)
        passed=$((passed + 1))
        echo "ok      $took $1"
        ;;
    77)
        skipped=$((skipped + 1))
        echo "skipped $took $1: $(tail -n 1 "$log")"
        ;;
    *)
        failed=$((failed + 1))
        echo "FAILED  $took $1 (exit status $2)"
        [ "$2" -ne 124 ] || echo "    it took longer than $seconds seconds"
        sed 's/^/    /' "$log"
        ;;
    esac
}

# Waits until a test ends, and reports it.
reap_one() {
    local pid status

    wait -n -p pid "${!running[@]}"
    status=$?
    report "${running[$pid]}" "$status" $(($(now) - began[$pid]))
    unset "running[$pid]" "began[$pid]"
}

# start NAME COMMAND...: as soon as there is a place for it.
start() {
    local name=$1
    shift

    is_wanted "$name" || return 0
    while [ ${#running[@]} -ge $at_once ]; do
        reap_one
    done
    timeout -k 5 $seconds "$@" >"$logs/${name//\//_}" 2>&1 </dev/null &
    running[$!]=$name
    began[$!]=$(now)
}

# Without cmocka no unit test can be built; with it, one that is missing is an error.
has_cmocka() {
    echo 'int main(void) { return 0; }' |
        "${CC:-cc}" -x c - -o /dev/null -lcmocka 2>/dev/null
}
missing_status=77
has_cmocka && missing_status=1

start_unit() {
    local program=$1
    shift

    if [ -x "$program" ]; then
        start "$program" "$@" "$program"
    elif is_wanted "$program"; then
        echo 'it was not built: "make test" builds it, and needs libcmocka-dev' \
            >"$logs/${program//\//_}"
        report "$program" $missing_status
    fi
}

shopt -s nullglob
for script in tests/screen/*.sh tests/lessons/*.sh tests/fuzz/*.sh \
    tests/*.sh; do
    name=$(basename "$script" .sh)
    [[ $script == tests/*/* || $tools != *" $name "* ]] || continue
    start "$script" "$script"
done
viewer_tests=" $(tests/viewer_tests.sh | tr '\n' ' ')"
for source in tests/unit/*.c; do
    name=$(basename "$source" .c)
    start_unit "build/tests/unit/$name"
    [[ $viewer_tests == *" $source "* ]] ||
        start_unit "build/thread/tests/unit/$name" "${fixed_addresses[@]}"
    start_unit "build/address/tests/unit/$name"
done
while [ ${#running[@]} -gt 0 ]; do
    reap_one
done

result="$passed passed, $failed failed"
[ $skipped -eq 0 ] || result+=", $skipped skipped"
echo "$result"
[ $failed -eq 0 ]
