#!/bin/bash
# futures.sh - what lesson 8 prints is right in whatever order its threads run.
#
# In both halves each task is crawled once, never more at a time than there are workers,
# and its result comes after its crawl; in the first half in the order of submitting.
# The variants: nothing overlaps; who waits for whom; each unread failure is told; and
# the same from processes, of which one may be killed.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=08_futures

# check_output WORKERS TASKS WORKERS_1: the second half has WORKERS, the first WORKERS_1.
# With WORKERS_1 0 the first half is result_each's: one crawl, its result, the next one.
check_output() {
    awk -v workers="$1" -v tasks="$2" -v first="$3" '
        function wrong(why) { print "line " NR ": " why ": " $0; bad = 1; exit 1 }
        function end_half() {
            if (started != tasks || ended != tasks || results != tasks)
                wrong("the half before is not complete")
            started = ended = results = 0
            split("", starts); split("", ends); split("", got)
        }
        BEGIN {
            links = "python docs.python peps.python pypi wiki.python devguide.python"
            links = links " packaging.python bugs.python mail.python planet.python"
            split(links, name, " ")
        }
        /^results in the order of submitting$/ { if (half++) wrong("twice"); next }
        /^results in the order of ending$/ {
            if (half++ != 1) wrong("not its place")
            end_half()
            next
        }
        half == 1 && first == 0 && /^crawl started/ && started != results {
            wrong("starts before the last result")
        }
        /^crawl started for / {
            starts[$4]++
            if (++started - ended > (half == 1 && first ? first : workers))
                wrong("more at once than workers")
            next
        }
        /^crawl ended for / {
            ended++
            if (++ends[$4] > starts[$4]) wrong("ends before it starts")
            next
        }
        /^https:..[a-z.]*: 0\.[0-9]*$/ {
            link = substr($1, 1, length($1) - 1)
            if (++got[link] > ends[link]) wrong("comes before the end of the crawl")
            if (link in number && number[link] != $2) wrong("another number")
            number[link] = $2
            if ((half == 1 || workers == 1) &&
                link != "https://" name[results % 10 + 1] ".org")
                wrong("not its turn")
            results++
            next
        }
        { wrong("should not be there") }
        END {
            if (bad) exit 1
            if (half != 2) { print "a half is missing"; exit 1 }
            end_half()
        }' "$work/out"
}

# check PROGRAM BUILD WORKERS TASKS WORKERS_1 [OPTION...]
check() {
    local program=$1 build=$2 workers=$3 tasks=$4 first=$5
    shift 5

    run "$build" "$folder/$program" --workers "$workers" --tasks "$tasks" "$@"
    local what="$build $program --workers $workers --tasks $tasks $*"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    check_output "$workers" "$tasks" "$first" || fail "$what"
}

delay=0
for workers in 1 2 5 16; do
    for tasks in 0 1 10 100; do
        check lesson build $workers $tasks $workers --delay $delay
        check process_pool build $workers $tasks $workers --delay $delay
        delay=$((1 - delay))
    done
    delay=$((1 - delay)) # the other way round with the next number of workers
    check result_each build $workers 10 0 --delay 1
    check result_each build $workers 33 0 --delay 0
done

# The report of who waits for whom, without the numbers of lines.
stuck=worker_waits_for_pool
check_stuck() {
    run "$1" $folder/$stuck --delay 1 --tasks "$2"
    [ "$status" -eq 3 ] || fail "$1 $stuck ends $status"
    [ "$(wc -l <"$work/err")" -eq 3 ] || fail "$1 $stuck: not three lines"
    grep -q "^  main waits for .*task-0\>.*, $stuck.c:[0-9]*$" "$work/err" ||
        fail "$1 $stuck does not say for what main waits"
    grep -q "^  worker-0 waits for .*page\>.*, $stuck.c:[0-9]*$" "$work/err" ||
        fail "$1 $stuck does not say for what the worker waits"
    ! grep -q ended "$work/out" || fail "$1 $stuck: a crawl ended"
}

# check_unread BUILD TASKS [OPTION...]: each tenth task fails.
check_unread() {
    local build=$1 tasks=$2 failures=$((($2 + 9) / 10)) i
    shift 2

    run "$build" $folder/unread_failure --tasks "$tasks" "$@"
    [ "$status" -eq $((failures > 0)) ] || fail "unread_failure ends $status: $tasks"
    for ((i = 0; i < tasks; i += 10)); do
        echo "UNREAD FAILURE: task-$i failed: https://python.org does not answer"
    done | sort >"$work/expected"
    grep UNREAD "$work/err" | sort | cmp -s - "$work/expected" ||
        fail "$build unread_failure --tasks $tasks $*: not the failures expected"
    [ "$(grep -c '^task-[0-9]*0 failed: .* not answer$' "$work/out")" -eq $failures ] ||
        fail "unread_failure: who asks is not told"
}

for build in $(builds); do
    for seed in 1 2; do
        check lesson "$build" 5 10 5 --delay 5 --seed $seed
        check lesson "$build" 16 300 16 --delay 0 --seed $seed
        check lesson "$build" 3 100 3 --delay 0 --seed $seed --trace "$work/trace"
        check process_pool "$build" 7 100 7 --delay 0 --seed $seed --trace "$work/trace"
        ! has_command check || build/bin/viz check "$work/trace" >/dev/null ||
            fail "$build process_pool: viz check finds something"
    done
    check result_each "$build" 5 10 0 --delay 1
    check_stuck "$build" 10
    check_stuck "$build" 1
    check_unread "$build" 0
    check_unread "$build" 1 --delay 0
    check_unread "$build" 25 --delay 1 --workers 1
    check_unread "$build" 100 --delay 0 --workers 7

    # A second worker, or no task, and nobody is stuck.
    run "$build" $folder/$stuck --delay 1 --workers 2
    [ "$status" -eq 0 ] || fail "$build $stuck --workers 2 ends $status"
    run "$build" $folder/$stuck --tasks 0
    [ "$status" -eq 0 ] || fail "$build $stuck --tasks 0 ends $status"
done

# check_killed BUILD WORKERS TASKS: in each half all workers are killed while they are at
# a task. Naps of a minute: whoever went on waiting for a dead worker would be seen.
started() { [ "$(grep -c 'crawl started' "$work/out")" -ge "$1" ]; }
check_killed() {
    local build=$1 workers=$2 tasks=$3 before=() pid half

    [ "$build" = build/thread ] && before=("${fixed_addresses[@]}")
    : >"$work/out"
    "${before[@]}" "$build/lessons/$folder/process_pool" --delay 60000 \
        --workers "$workers" --tasks "$tasks" >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
    children+=("$pid")
    for half in 1 2; do
        until_so started $((half * workers))
        pkill -KILL -P "$pid"
    done
    wait "$pid"
    status=$?
    [ "$status" -eq 1 ] || fail "$build process_pool with killed workers ends $status"
    [ "$(grep -c '^KILLED: process worker-' "$work/err")" -eq $((2 * workers)) ] &&
        [ "$(grep -c '^task-.* was killed$' "$work/out")" -eq $((2 * workers)) ] &&
        [ "$(grep -c '^task-.* no process of pool-[12] is left$' "$work/out")" -eq \
            $((2 * (tasks - workers))) ] ||
        fail "$build process_pool does not say which tasks were killed"
    ! grep -q UNREAD "$work/err" || fail "main has asked for all results"
}
for build in $(builds); do
    check_killed "$build" 1 3
    check_killed "$build" 4 10
done
