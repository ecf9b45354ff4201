#!/bin/bash
# threads_or_processes.sh - lesson 12 does all of the batch each way and says so in a
# table; how long it takes is nothing that a test could judge.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=12_threads_or_processes
number='[0-9]+\.[0-9]'

# check BUILD PROGRAM WORKERS TASKS DELAY
check() {
    local build=$1 program=$2 what="$*"

    run "$build" $folder/"$program" --workers "$3" --tasks "$4" --delay "$5"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    cat >"$work/form" <<END
^cores: $(nproc), workers: $3, tasks: $4 of $5 ms$
^tasks that nap +wall time  speed-up$
^  one after the other +${number}[0-9]+ s +1.0$
^  threads +${number}[0-9]+ s +$number$
^  processes +${number}[0-9]+ s +$number$
^tasks that compute +wall time  speed-up$
^  one after the other +${number}[0-9]+ s +1.0$
^  threads +${number}[0-9]+ s +$number$
^  processes +${number}[0-9]+ s +$number$
END
    paste -d '\n' "$work/form" "$work/out" | while read -r form && IFS= read -r line; do
        [[ $line =~ $form ]] || { echo "this line has another form: $line"; exit 1; }
    done || fail "$what"
    [ "$(wc -l <"$work/out")" -eq 9 ] || fail "$what: $(wc -l <"$work/out") lines"
}

for build in $(builds); do
    for program in lesson no_big_lock; do
        check "$build" $program 4 8 1
        check "$build" $program 1 3 0
        check "$build" $program 3 0 5
        check "$build" $program 2 1 12
        check "$build" $program 7 4 0
    done
done

# Under the big lock one thread at a time computes, and yet each gets its turn: long
# before the first thread is done with its tasks, all have had the lock.
if has_command events && command -v jq >/dev/null; then
    run build $folder/lesson --workers 3 --tasks 3 --delay 60 --trace "$work/trace"
    [ "$status" -eq 0 ] || fail "exit status $status with a trace"
    build/bin/viz events "$work/trace" >"$work/events"
    # the changes of hands among the three threads of the second kind of tasks
    changes=$(jq -r 'select(.event == "lock_acquire" and .object == "big lock")
                     | .thread' "$work/events" | grep '^thread-' | uniq | wc -l)
    [ "$changes" -gt 20 ] || fail "the big lock changed hands only $changes times"
fi
