#!/bin/bash
# pipe.sh - what lesson 4 prints is right for messages of all sizes; a child that is
# killed is told of, and main does not wait for it; what each variant says at its end.
#
# What ^C and a kill of the first process leave behind is looked at in endings.sh.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
lesson=04_pipe/lesson
text='a message from the child process'
fits=$((65536 - 16)) # what a pipe holds, less the frame of a message

# whole SIZE DELAY: the lines of a run in which the message arrives.
whole() {
    local begin=$text
    [ "$1" -ge 32 ] || begin=${text:0:$1}
    printf 'sleeping %d ms…\ndone sleeping\nreceived %d bytes: %s\n' "$2" "$1" "$begin"
}

# check BUILD SIZE DELAY [OPTION...]
check() {
    local build=$1 size=$2 delay=$3
    shift 3

    run "$build" $lesson --tasks "$size" --delay "$delay" "$@"
    local what="$build --tasks $size --delay $delay $*"
    [ "$status" -eq 0 ] || fail "exit status $status: $what"
    [ ! -s "$work/err" ] || fail "it says something on stderr: $what"
    whole "$size" "$delay" | cmp -s - "$work/out" || fail "wrong lines: $what"
}

for build in $(builds); do
    for size in 0 1 $fits $((fits + 1)) 1000000; do
        check "$build" "$size" 0
    done
    check "$build" 1000000 3 --trace "$work/trace"
    check "$build" 32 2 --workers 1 --capacity 1 --seed 7
done

# --- the variants, wherever it does not matter who comes first

# The report without line numbers.
settle() { sed 's/\.c:[0-9]*/.c:N/' "$work/err"; }

half_written='STUCK (deadlock): nobody can go on
  main waits for process child to end (join), join_first.c:N
  child waits for space on results 1>2 (half written), join_first.c:N
      open for reading in main'
no_end='STUCK (deadlock): nobody can go on
  main waits for a message on results 1>2, left_open.c:N
      open for writing in main'

for build in $(builds); do
    run "$build" 04_pipe/join_first --delay 1
    [ "$(settle)" = "$half_written" ] || fail "$build: join_first's report"
    ! grep -q received "$work/out" || fail "$build: join_first receives"
    # the document's message is small, and there joining first does no harm
    run "$build" 04_pipe/join_first --delay 1 --tasks 32
    [ "$status" -eq 0 ] || fail "$build: join_first with a small message ends $status"
    whole 32 1 | cmp -s - "$work/out" || fail "$build: join_first --tasks 32: wrong lines"

    run "$build" 04_pipe/left_open --delay 1
    [ "$(settle)" = "$no_end" ] || fail "$build: left_open's report"
    whole 32 1 | cmp -s - "$work/out" || fail "$build: left_open: wrong lines"

    for size in 0 32 100000; do
        run "$build" 04_pipe/no_reader --delay 0 --tasks $size
        [ "$status" -eq 1 ] || fail "$build: no_reader --tasks $size ends $status"
        [ "$(tail -n 1 "$work/out")" = 'the message is lost: nobody can receive it' ] ||
            fail "$build: the child of no_reader is not told"
        [ "$(cat "$work/err")" = 'WRONG RESULT: 0 of 1 message received' ] ||
            fail "$build: main of no_reader says something else"
    done
done
run build 04_pipe/join_first --delay 0 --tasks $fits
[ "$status" -eq 0 ] || fail "join_first: $fits bytes do not fit"
run build 04_pipe/join_first --delay 0 --tasks $((fits + 1))
[ "$status" -eq 3 ] || fail "join_first: $((fits + 1)) bytes fit"

# --- a killed child

# shellcheck disable=SC2317 # called by until_so
# alive GROUP: the living processes of that process group.
alive() {
    ps -eo pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^[ZX]/' | wc -l
}
# shellcheck disable=SC2317
is_gone() { [ "$(alive "$1")" -eq 0 ]; }
# shellcheck disable=SC2317
has_child() {
    child=$(ps -o pid= --ppid "$1" | head -n 1 | tr -d ' ')
    [ -n "$child" ] || ! kill -0 "$1" 2>/dev/null
}

# kill_child BUILD DELAY PAUSE: kills it that many seconds after it was born; how the run
# then ended is in $status. It may have been too late.
kill_child() {
    local build=$1 delay=$2 pause=$3 before=() pid child=
    [ "$build" = build/thread ] && before=("${fixed_addresses[@]}")

    setsid "${before[@]}" "$build/lessons/$lesson" --tasks 1000000 --delay "$delay" \
        --trace "$work/trace" >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
    children+=("$pid")
    until_so has_child "$pid"
    [ "$pause" = 0 ] || sleep "$pause"
    [ -z "$child" ] || kill -9 "$child" 2>/dev/null
    until_so is_gone "$pid"
    wait "$pid"
    status=$?
}

for build in $(builds); do
    # it naps for a minute: surely killed before it has sent anything
    kill_child "$build" 60000 0
    [ "$status" -eq 1 ] || fail "$build: its child killed, the lesson ends $status"
    [ "$(cat "$work/err")" = "KILLED: process child, by signal 9 (Killed)
WRONG RESULT: 0 of 1 message received" ] || fail "$build: a kill is not told of"

    # at any moment: told of, or too late
    for pause in 0.001 0.01 0.02 0.03; do
        kill_child "$build" 20 $pause
        if [ "$status" -eq 0 ]; then
            [ ! -s "$work/err" ] || fail "$build: all went well, and yet it says"
            whole 1000000 20 | cmp -s - "$work/out" || fail "$build: lines are missing"
        else
            [ "$status" -eq 1 ] || fail "$build: killed after $pause: ends $status"
            grep -q '^KILLED: process child, by signal 9' "$work/err" ||
                fail "$build: killed after $pause, and not told of"
        fi
        [ "$(ls "$work" | grep -cv '^out$\|^err$\|^trace$')" -eq 0 ] ||
            fail "$build: a file is left behind"
    done
done
exit 0
