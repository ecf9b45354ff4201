#!/bin/bash
# export.sh - recorded lessons, exported and read by others: jq reads the trace for
# Perfetto and the figures, an XML parser the picture; files are written whole or not
# at all, and a wrong command line is one line.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"
trace=$work/trace
out=$work/out.json

has_command export || skip 'build/bin/viz has no "export" yet'
command -v jq >/dev/null || skip 'jq is not installed'
build/bin/viz stats --json /dev/null 2>&1 | grep -q 'JSON library' &&
    skip 'viz is built without libjansson-dev'

# A line for each problem of a trace for Perfetto: slices that do not nest, times that
# run back, arrows that have not one start and one end, slices without a named thread.
cat >"$work/check.jq" <<'JQ'
def place: "\(.pid)/\(.tid)";
def stacks:
    reduce (.[] | select(.ph == "B" or .ph == "E")) as $e ({open: {}, bad: []};
        ($e | place) as $t
        | if $e.ph == "B" then .open[$t] = (.open[$t] // []) + [$e.name]
          elif (.open[$t] // [])[-1] != $e.name then .bad += ["this does not nest: \($e)"]
          else .open[$t] |= .[:-1] end)
    | .bad[], (.open[][] | "it has no end: \(.)");
def times:
    reduce (.[] | select(.ph | IN("B", "E", "s", "t", "f", "i"))) as $e
        ({last: {}, bad: []};
        ($e | place) as $t
        | if (.last[$t] // -1) >= $e.ts then .bad += ["the time runs back: \($e)"]
          else . end
        | .last[$t] = $e.ts)
    | .bad[];
def arrows:
    map(select(.ph == "s" or .ph == "f")) | group_by(.id)[]
    | select(map(.ph) != ["s", "f"] or .[0].ts >= .[1].ts) | "half an arrow: \(.)";
def names:
    (map(select(.name == "thread_name") | {key: place, value: 1}) | from_entries) as $named
    | .[] | select(.ph == "B" and ($named[place] | not)) | "its thread has no name: \(.)";
.traceEvents | stacks, times, arrows, names
JQ

is_xml() {
    if command -v xmllint >/dev/null; then
        xmllint --noout "$1" 2>"$work/err"
    elif command -v python3 >/dev/null; then
        python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' \
            "$1" 2>"$work/err"
    else
        head -n 2 "$1" | grep -q '<svg ' && tail -n 1 "$1" | grep -q '^</svg>$'
    fi
}

# check_lesson NAME OPTION...: all that can be made of one of its runs is sound.
check_lesson() {
    run build "$@" --trace "$trace"
    build/bin/viz export --format perfetto --force -o "$out" "$trace" 2>"$work/err" ||
        fail "viz export to perfetto: $*"
    problem=$(jq -r -f "$work/check.jq" "$out" 2>&1 | head -n 3)
    [ -z "$problem" ] || fail "$*: $problem"
    build/bin/viz events "$trace" >"$work/events"
    taken=$(jq -r 'select((.event | test("_get$|pipe_recv$")) and .item_id != null).item_id' "$work/events" |
        sort -u | wc -l)
    arrows=$(jq '[.traceEvents[] | select(.ph == "f")] | length' "$out")
    [ "$taken" -eq "$arrows" ] || fail "$*: $taken items were taken, $arrows arrows"
    build/bin/viz export --force -o "$work/run.svg" "$trace" 2>"$work/err" ||
        fail "viz export to svg: $*"
    is_xml "$work/run.svg" || fail "$*: the picture is no XML"
    build/bin/viz stats --json "$trace" >"$work/stats" 2>"$work/err" ||
        fail "viz stats: $*"
    # the figures are those that can be counted from the events
    jq -e --slurpfile events "$work/events" '
        ($events | map(select(.event | test("_put$|pipe_send$"))) | length) as $puts
        | ([.queues[].puts] | add // 0) == $puts and .steps == ($events | length)
        and ([.threads[].prints] | add)
            == ($events | map(select(.event | test("^say"))) | length)' \
        "$work/stats" >/dev/null || fail "$*: the figures are not those of its events"
}

check_lesson 03_task_done_join/lesson --delay 5
check_lesson 03_task_done_join/missing_task_done --delay 5
check_lesson 04_pipe/lesson --delay 5
check_lesson 05_shared_list/lesson --delay 5
check_lesson 07_stop_event/lesson --delay 5
check_lesson 08_futures/lesson --delay 5
check_lesson 09_process_queue/lesson --delay 5
check_lesson 10_manager/lesson --delay 5
check_lesson 13_inside_the_queue/lesson --delay 5

# --- a deadlock is seen in all of them

run build 03_task_done_join/missing_task_done --delay 0 --trace "$trace"
build/bin/viz export --force -o "$out" "$trace"
jq -e '[.traceEvents[] | select(.cat == "finding").name] | index("deadlock")' "$out" \
    >/dev/null || fail 'the deadlock is no mark of the trace for Perfetto'
build/bin/viz export -f svg -o - "$trace" | grep 'STUCK (deadlock)' >/dev/null ||
    fail 'the picture does not tell of the deadlock'
build/bin/viz export -f text -o - "$trace" | grep '^ENDED (3): deadlock' >/dev/null ||
    fail 'the text does not tell of the deadlock'
build/bin/viz stats "$trace" | grep '^ENDED (3): deadlock' >/dev/null ||
    fail 'the figures do not tell of the deadlock'
[ "$(build/bin/viz stats --json "$trace" "$trace" | jq -s length)" -eq 2 ] ||
    fail 'two traces are not two lines of JSON'

# --- files: whole or not at all, never over another without --force

echo mine >"$work/mine.svg"
build/bin/viz export -o "$work/mine.svg" "$trace" 2>"$work/err" &&
    fail 'a file was overwritten'
grep -q -- --force "$work/err" || fail 'it does not name --force'
grep -q mine "$work/mine.svg" || fail 'the file that was there is changed'
build/bin/viz export --force -o "$work/mine.svg" "$trace" || fail '--force does not help'
grep -q '^</svg>' "$work/mine.svg" || fail '--force did not replace the file'

mkdir "$work/room"
(
    ulimit -f 1 # kilobyte
    build/bin/viz export -o "$work/room/out.txt" "$trace" 2>"$work/err"
)
[ $? -eq 1 ] || fail 'a file that does not fit is no error'
grep -q 'cannot write' "$work/err" || fail 'it is not said that it does not fit'
[ -z "$(ls -A "$work/room")" ] || fail "half a file was left: $(ls -A "$work/room")"

run build 03_task_done_join/lesson --tasks 3000 --delay 0 --trace "$trace"
build/bin/viz export -f text -o - "$trace" 2>"$work/err" | head -n 1 >"$work/first"
[ "${PIPESTATUS[0]}" -eq 1 ] || fail 'a reader that goes away is no error'
grep -q 'cannot write' "$work/err" || fail 'it is not said that the reader has gone'
[ -s "$work/first" ] || fail 'the reader did not get its line'

# --- wrong command lines: status 2, one line that says what would be right

# refused WORDS ARGUMENT...
refused() {
    local words=$1
    shift
    build/bin/viz "$@" >"$work/out" 2>"$work/err" </dev/null
    [ $? -eq 2 ] || fail "not refused: viz $*"
    [ "$(wc -l <"$work/err")" -eq 1 ] || fail "not one line: viz $*"
    grep -q -- "$words" "$work/err" || fail "it does not say '$words': viz $*"
}

refused 'which trace' export
refused 'where to' export "$trace"
refused 'which format' export -o - "$trace"
refused 'perfetto, svg, text' export -f png -o - "$trace"
refused 'where to' export -f svg "$trace"
refused 'one trace' export -f svg -o - "$trace" "$trace"
refused 'needs a value' export "$trace" -o
refused 'no option --frmat' export --frmat svg "$trace"
refused 'No such file' export -f svg -o - "$work/nothing"
refused 'No such file' export -f svg -o "$work/no/folder.svg" "$trace"
refused 'usage' stats
refused 'No such file' stats "$work/nothing"
refused 'no such option' stats --jason "$trace"
