#!/bin/bash
# result_queue.sh - what lesson 2 and its variants print is right in whatever order
# their threads run.
#
# Each link is crawled once and its result printed once, after all crawls, with the
# number that lesson 1 gets for the same seed.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=02_result_queue

# crawled N: so many crawls were started and ended, and nothing was printed between the
# last of them and the results.
crawled() {
    [ "$(grep -c '^crawl started' "$work/out")" -eq "$1" ] &&
        [ "$(grep -c '^crawl ended' "$work/out")" -eq "$1" ] &&
        ! head -n $((2 * $1)) "$work/out" | grep -qv '^crawl'
}

# check BUILD WORKERS TASKS SEED DELAY
check() {
    local what="$build --workers $2 --tasks $3 --seed $4 --delay $5"

    run build 01_thread_result/lesson --tasks "$3" --seed "$4" --delay 0
    grep -v '^crawl' "$work/out" >"$work/expected"
    run "$1" $folder/lesson --workers "$2" --tasks "$3" --seed "$4" --delay "$5"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    crawled "$3" || fail "crawls are missing or late: $what"
    tail -n +$((2 * $3 + 1)) "$work/out" >"$work/results"
    if [ "$2" -eq 1 ]; then # one worker: the order is known
        cmp -s "$work/results" "$work/expected" || fail "wrong order or result: $what"
    else
        sort "$work/results" | cmp -s - <(sort "$work/expected") ||
            fail "not each result once: $what"
    fi
}

for build in $(builds); do
    check "$build" 1 12 1 0
    check "$build" 3 3 2 5
    check "$build" 16 40 3 0
    check "$build" 4 40 4 1
done
build=build
check build 5 0 5 0
check build 2 1 6 0

run build $folder/lesson --delay 20 a b c d e f g h i j
[ "$status" -eq 0 ] || fail "ten links end with $status"
crawled 10 || fail 'ten links are not crawled'
run build $folder/lesson --delay 0 $'\e]0;x\a' ''
[ "$status" -eq 2 ] || fail "an empty link ends with $status"

# --- check_then_get: nobody crawls a link twice, and who waits is told. More than one
# worker may wait: one that is quick looks again before the others have got theirs.

for build in $(builds); do
    run "$build" $folder/check_then_get --delay 1
    crawled 3 || fail "$build: check_then_get does not crawl each link once"
    ! grep -qv '^crawl' "$work/out" || fail "$build: check_then_get prints results"
    [ "$(grep -c '  worker-[0-3] waits for an item on tasks' "$work/err")" -ge 1 ] ||
        fail "$build: check_then_get does not tell who waits"
done
for options in '--workers 1' '--tasks 0'; do
    # shellcheck disable=SC2086 # an option and its value
    run build $folder/check_then_get --delay 0 $options
    [ "$status" -eq 0 ] || fail "check_then_get $options ends with $status"
done

# --- paired_by_position: each result is there, and the first link has another's

for build in $(builds); do
    run build 01_thread_result/lesson --seed 7 --delay 0
    grep -v '^crawl' "$work/out" >"$work/expected"
    run "$build" $folder/paired_by_position --seed 7 --delay 1
    grep -v '^crawl' "$work/out" >"$work/results"
    cmp -s <(sed 's/: .*//' "$work/results") <(sed 's/: .*//' "$work/expected") ||
        fail "$build: paired_by_position does not name the links in order"
    cmp -s <(sed 's/.*: //' "$work/results" | sort) \
        <(sed 's/.*: //' "$work/expected" | sort) ||
        fail "$build: paired_by_position loses results"
    [ "$(head -n 1 "$work/results")" != "$(head -n 1 "$work/expected")" ] ||
        fail "$build: paired_by_position gives the first link its own result"
done
for options in '--workers 1' '--tasks 1'; do
    # shellcheck disable=SC2086 # an option and its value
    run build $folder/paired_by_position --delay 0 $options
    [ "$status" -eq 0 ] || fail "paired_by_position $options ends with $status"
done
