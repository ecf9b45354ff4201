#!/bin/bash
# layering.sh - the #include lines run downward only.
#
# In the tables below each line is a layer, the ground floor first. A file may include
# files of its own layer and of those below; no header may, over others, include itself;
# and every file stands in a table: who adds one says where it belongs.
# The test also puts wrong lines into a copy of the tree, and must notice each.

# shellcheck disable=SC2016 # what looks like the shell's is awk's

set -u
cd "$(dirname "$0")/.." || exit 1

common_layers='
trace_format futex lesson_source no_source safe_text shared_memory folder
clock
new_file
trace_file trace_trim
trace
step
ending
roster roster_life roster_census
deadlock
monitor monitor_shared monitor_outside
lock limit big_lock
condition event_flag queue queue_label thread say chance crawl shared_list shared
future
pool
children
process process_spawn channel
pipe
process_queue feeder process_pool process_pool_*
manager_wire manager_objects manager_server manager_connection
manager managed_list managed_queue
lesson'

viz_layers='
trace_format
memory ring text json_text vocabulary vocabulary_* keys keys_compare launch
pairs source_facts catalogue catalogue_*
reader reader_* recording recording_* how_ended differ canvas
model model_*
history history_* idle so_far so_far_* invariants invariants_* sentence sentence_* stats stats_*
findings findings_*
playback playback_* duet duet_*
filter event_log search page page_scroll
details details_*
view view_* compared palette display config
scene hints compare_why compare_stage
narrate screen screen_* session session_* compare_session compare_session_*
output_file export export_*
command command_* frame live run compare_run compare_start compare_menu compare_print main'

# check_downward FOLDER LAYERS: a line for each file that stands in no layer, and for
# each include that runs upward.
check_downward() {
    find "$1" -name '*.[ch]' | sort | LAYERS=$2 xargs awk '
        BEGIN {
            count = split(ENVIRON["LAYERS"], lines, "\n")
            for (i = 1; i <= count; i++) {
                names = split(lines[i], name, " ")
                for (j = 1; j <= names; j++)
                    layers[name[j]] = i
            }
        }
        # The layer of a file, by its name or by a pattern that ends with "*"; or 0.
        function layer(file, pattern) {
            sub(/.*\//, "", file)
            sub(/\.[ch]$/, "", file)
            if (file in layers)
                return layers[file]
            for (pattern in layers)
                if (sub(/\*$/, "", pattern) && index(file, pattern) == 1)
                    return layers[pattern "*"]
            return 0
        }
        FNR == 1 && layer(FILENAME) == 0 {
            print FILENAME " stands in no layer: name it in tests/layering.sh"
        }
        /^[ \t]*#[ \t]*include[ \t]*"/ {
            split($0, part, "\"")
            if (part[2] ~ /\// || layer(part[2]) == 0)
                print FILENAME " includes \"" part[2] "\", which is not for it"
            else if (layer(FILENAME) < layer(part[2]))
                print FILENAME " includes \"" part[2] "\", which stands above it"
        }'
}

# includes FOLDER: lines "file header" of the quoted includes.
includes() {
    find "$1" -name '*.[ch]' | sort | xargs awk '/^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, part, "\"")
        sub(/.*\//, "", FILENAME)
        print FILENAME, part[2]
    }'
}

# check_circles FOLDER: a line if headers include each other in a circle.
check_circles() {
    includes "$1" | grep '^[^ ]*\.h ' | tsort 2>&1 >/dev/null | grep -q loop &&
        echo "$1: headers include each other in a circle"
}

# check_lessons: what a lesson includes is in common/.
check_lessons() {
    local file header

    while read -r file header; do
        [ -e "common/$header" ] ||
            echo "$file includes \"$header\", which is not in common/"
    done < <(includes lessons)
}

# check_curses: the screen library is known in one file of the viewer.
check_curses() {
    local files

    files=$(grep -lE '#[ \t]*include[ \t]*<n?curses' -r common lessons viz | sort)
    [ -z "$files" ] || [ "$files" = viz/screen_curses.c ] ||
        echo "<curses.h> is for viz/screen_curses.c alone, and not for $files"
}

check_all() {
    check_downward common "${common_layers#?}"
    check_downward viz "${viz_layers#?}"
    check_circles common
    check_circles viz
    check_lessons
    check_curses
}

problems=$(check_all)
if [ -n "$problems" ]; then
    echo "$problems"
    exit 1
fi

# --- the test of the test

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

# must_notice FILE LINE [FILE LINE]: with these lines added there must be a problem.
must_notice() {
    local what="$*"

    rm -rf "${copy:?}"/*
    cp -r common lessons viz "$copy"
    while [ $# -gt 0 ]; do
        echo "$2" >>"$copy/$1"
        shift 2
    done
    if [ -z "$(cd "$copy" && check_all)" ]; then
        echo "this goes unnoticed: $what"
        exit 1
    fi
}

must_notice common/clock.c '#include "trace.h"'
must_notice common/monitor.h '#include "queue.h"'
must_notice common/queue.c '#  include "reader.h"'
must_notice common/trace_format.h '#include "trace.h"'
must_notice common/lock.h '#include "limit.h"' common/limit.h '#include "lock.h"'
must_notice common/new_module.c '#include "queue.h"'
must_notice lessons/03_task_done_join/lesson.c '#include "model.h"'
must_notice viz/reader.c '#include "trace.h"'
must_notice viz/reader.h '#include "../common/queue.h"'
must_notice viz/model.c '#include "view.h"'
must_notice viz/canvas.c '#include <curses.h>'
