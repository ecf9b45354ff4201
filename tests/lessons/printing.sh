#!/bin/bash
# printing.sh - lesson 6: through the queue or under the lock every line is whole, and
# what was reported first is printed first; interleaved prints the same pieces, but its
# lines tear; where main does not use the queue, it overtakes.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

# check_lines WORKERS TASKS ORDER: whole lines, each as often as it should be. ORDER is
# "true" where "job finished" must stand between the last "get" and the first "stop".
check_lines() {
    awk -v workers="$1" -v tasks="$2" -v order="$3" '
        function wrong(why) { print "line " NR ": " why ": " $0; bad = 1; exit 1 }
        /^waiting for jobs…$/ {
            if (waiting++ || finished) wrong("too late, or twice")
            next
        }
        /^job finished$/ {
            if (finished++) wrong("twice")
            if (order == "true" && (gets != tasks || !waiting)) wrong("too early")
            next
        }
        /^[0-9]+ get [a-z]$/ {
            if ($1 >= workers) wrong("there is no such worker")
            gets++
            letter[$3]++
            next
        }
        /^[0-9]+ stop$/ {
            if (order == "true" && !finished) wrong("too early")
            if ($1 >= workers || stopped[$1]++) wrong("no such worker, or twice")
            stops++
            next
        }
        { wrong("torn") }
        END {
            if (bad) exit 1
            if (!waiting || !finished || stops != workers) {
                print "lines are missing"
                exit 1
            }
            for (i = 0; i < 19; i++) {
                c = substr("qwertyuiopasdfghjkl", i + 1, 1)
                if (letter[c] + 0 != int((tasks + 18 - i) / 19)) {
                    print c " is there " letter[c] + 0 " times"
                    exit 1
                }
            }
        }' "$work/out"
}

# print BUILD PROGRAM OPTION...: runs it; it must end well and say nothing on stderr.
print() {
    what="$1/lessons/06_printing/$2 ${*:3}"
    run "$1" "06_printing/$2" "${@:3}"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
}

# The pieces of interleaved, put back into lines.
put_together() {
    tr -d '\n' <"$work/out" |
        sed -E 's/waiting for jobs…|job finished|[0-9]+ (get [a-z]|stop)/&\n/g' \
            >"$work/lines"
    [ "$(grep -c '' "$work/lines")" -eq "$(wc -l <"$work/out")" ] ||
        fail "not one newline for each text: $what"
    mv "$work/lines" "$work/out"
}

for build in $(builds); do
    for workers in 1 5 16; do
        for tasks in 0 1 50; do
            for program in lesson locked; do
                print "$build" $program --workers $workers --tasks $tasks --delay 0 \
                    --capacity $((tasks % 3)) --seed $tasks
                check_lines $workers $tasks true || fail "$what"
            done
        done
    done
    for delay in 0 1 5; do
        print "$build" bypass --delay $delay
        check_lines 5 19 any || fail "$what"
        ! check_lines 5 19 true >/dev/null || fail "main overtakes nothing: $what"
        print "$build" interleaved --delay $delay
        ! check_lines 5 19 any >/dev/null || fail "no line is torn: $what"
        put_together
        check_lines 5 19 any || fail "$what"
    done
done
print build lesson --delay 5 --trace "$work/trace"
check_lines 5 19 true || fail "$what"
