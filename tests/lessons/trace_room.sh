#!/bin/bash
# trace_room.sh - a lesson whose trace finds no room ends as it should, and says how
# much is lost.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
lesson=03_task_done_join/lesson
options=(--delay 0 --tasks 3000 --workers 4)

# check_loss WHAT: after a run that had too little room.
check_loss() {
    [ "$status" -eq 0 ] || fail "$1: exit status $status"
    [ "$(grep -c ' get ' "$work/out")" -eq 3000 ] || fail "$1: the lesson suffers"
    grep -qx 'trace: no room left: the recording lacks the last [1-9][0-9]* events' \
        "$work/err" || fail "$1: does not say what is lost"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "$1: not one line on stderr"
    [ -s "$work/room/trace" ] || fail "$1: what was recorded is gone"
    if has_command events; then
        lost=$(grep -o '[0-9]*' "$work/err")
        kept=$(build/bin/viz events "$work/room/trace" | wc -l)
        # per task: put, get, nap's begin and end, the line's put and get, the print,
        # the report; some waits come on top
        [ $((kept + lost)) -ge 24000 ] || fail "$1: $kept kept, $lost lost"
    fi
}

mkdir "$work/room"
for kilobytes in 100 300 1000; do # of some 2000
    (
        ulimit -f $kilobytes
        run build $lesson "${options[@]}" --trace "$work/room/trace"
        exit "$status"
    )
    status=$?
    check_loss "a file-size limit of $kilobytes kB"
done

# A file system of its own that is full: where this user may mount one.
alone=()
for flags in -m -rm; do
    if unshare "$flags" mount -t tmpfs none "$work/room" 2>/dev/null; then
        alone=(unshare "$flags")
        break
    fi
done
if [ ${#alone[@]} -eq 0 ]; then
    echo 'a full file system is not tried: this user may mount none'
    exit 0
fi
for kilobytes in 200 500 1500; do
    rm -f "$work/room/trace"
    # shellcheck disable=SC2016 # expanded by the inner shell
    "${alone[@]}" bash -c '
        mount -t tmpfs -o size="$2"k none "$1/room" || exit 99
        "${@:3}" --trace "$1/room/trace" >"$1/out" 2>"$1/err"
        status=$?
        cp "$1/room/trace" "$1/trace"
        exit $status' bash "$work" $kilobytes build/lessons/$lesson "${options[@]}"
    status=$?
    mv "$work/trace" "$work/room/trace"
    check_loss "a full file system of $kilobytes kB"
done
