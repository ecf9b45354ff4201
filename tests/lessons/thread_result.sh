#!/bin/bash
# thread_result.sh - what lesson 1 and its variants print is right in whatever order
# their threads run.
#
# Each link is started once and then ended once; after all that come the results, in the
# order of starting, each with the number that the seed and the link give.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
folder=01_thread_result
links=(https://python.org https://docs.python.org https://peps.python.org)
odd=($'red \e[31m' $'\xff\xfe' 中文 a a)
odd_shown=('red \x1b[31m' '\xff\xfe' 中文 a a)

# check_output LINK...: the output tells of these crawls, and only of them.
check_output() {
    printf '%s\n' "$@" >"$work/links"
    awk '
        function wrong(why) { print "line " NR ": " why ": " $0; bad = 1; exit 1 }
        FILENAME != ARGV[2] { link[++links] = $0; known[$0]++; next }
        sub(/^crawl started for /, "") {
            if (results || ++started[$0] > known[$0]) wrong("started too often or late")
            next
        }
        sub(/^crawl ended for /, "") {
            if (results || ++ended[$0] > started[$0]) wrong("ended too often or late")
            next
        }
        /: no result after [0-9]+ ms$/ { next }
        {
            number = $NF
            sub(/: 0\.[0-9]+$/, "") || wrong("should not be there")
            if ($0 != link[++results]) wrong("is not the next in the order of starting")
            if ($0 in found && found[$0] != number) wrong("has two numbers")
            found[$0] = number
        }
        END {
            if (!bad && results != links) { print "results are missing"; exit 1 }
            for (i in known)
                if (!bad && ended[i] != known[i]) { print i " did not end"; exit 1 }
            exit bad
        }' "$work/links" "$work/out"
}

# check BUILD PROGRAM OPTION...: of the usual links.
check() {
    run "$1" "$folder/$2" "${@:3}"
    [ "$status" -eq 0 ] || fail "exit status $status: $*"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $*"
    check_output "${links[@]}" || fail "$*"
}

for build in $(builds); do
    for seed in 1 2; do
        check "$build" lesson --seed $seed --delay 0
        sed -n 's/^https.*: //p' "$work/out" >"$work/numbers"
        check "$build" join_timeout --seed $seed --delay $seed
        sed -n 's/^https.*: 0/0/p' "$work/out" | cmp -s - "$work/numbers" ||
            fail "join_timeout's numbers are not the lesson's"
        check "$build" join_each --seed $seed --delay $seed
        sed -n 's/^https.*: //p' "$work/out" | cmp -s - "$work/numbers" ||
            fail "join_each's numbers are not the lesson's"
        sed -n 's/^crawl //p' "$work/out" >"$work/crawls"
        printf '%s\n' "${links[@]}" | sed 's/.*/started for &\nended for &/' |
            cmp -s - "$work/crawls" || fail 'join_each: two crawls at once'
    done

    run "$build" $folder/lesson --delay 1 "${odd[@]}"
    [ "$status" -eq 0 ] || fail "$build: odd links end with $status"
    check_output "${odd_shown[@]}" || fail "$build: odd links"

    run "$build" $folder/failed_task --delay 1
    [ "$status" -eq 0 ] || fail "failed_task ends with $status"
    ! grep -q 'crawl ended for https://docs' "$work/out" || fail 'failed_task ends well'
    tail -n 3 "$work/out" | sed -n 2p | grep -qx "${links[1]}: failed: no answer" ||
        fail 'failed_task does not tell the failure in its place'
    [ "$(tail -n 3 "$work/out" | grep -c ': 0\.')" -eq 2 ] ||
        fail 'failed_task loses the other results'
done

# All that are asked for, and none at all.
check_output_of_tasks() {
    run build $folder/lesson --delay 0 --tasks "$1"
    [ "$status" -eq 0 ] || fail "--tasks $1 ends with $status"
    [ "$(grep -c ': 0\.' "$work/out")" -eq "$1" ] || fail "--tasks $1: not all results"
}
check_output_of_tasks 0
check_output_of_tasks 1
check_output_of_tasks 200

run build $folder/lesson a ''
[ "$status" -eq 2 ] || fail "an empty link ends with $status"
run build $folder/lesson "$(printf '%05000d' 0)"
[ "$status" -eq 2 ] || fail "a link of 5000 bytes ends with $status"

# What happens in nearly every run: one good try of five.
at_once() {
    run build $folder/lesson --delay 30
    [ "$(head -n 3 "$work/out" | grep -c started)" -eq 3 ]
}
in_vain() {
    run build $folder/join_timeout --delay 60
    grep -qx "${links[0]}: no result after 30 ms" "$work/out"
}
none_at_all() {
    run build $folder/read_before_join --delay 30
    [ "$(grep -c ': none$' "$work/out")" -eq 3 ]
}
for often in at_once in_vain none_at_all; do
    for _ in 1 2 3 4 5; do
        $often && continue 2
    done
    fail "this was not so in one of five runs: $often"
done
