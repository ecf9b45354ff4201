#!/bin/bash
# demo.sh - what "make demo" shows: lesson 3 in the live view.
#
# Where standard output is no terminal, viz prints the run line by line instead.

set -u
cd "$(dirname "$0")/.." || exit 1

if [ -x build/bin/viz ]; then
    build/bin/viz run task_done_join
else
    echo 'The viewer is not built; this is the lesson alone.'
    build/lessons/03_task_done_join/lesson
fi
status=$?

# a demo has shown what there is to show, whatever the last program's exit status
[ "$status" -eq 2 ] || status=0
echo 'To type "viz" from here on, put it on the PATH:'
# shellcheck disable=SC2016 # the reader's shell expands it
echo '    export PATH="$PWD/build/bin:$PATH"'
exit $status
