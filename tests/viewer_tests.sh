#!/bin/bash
# viewer_tests.sh - names the unit tests of the viewer, each a line: tests/unit/NAME.c.
#
# Those are the tests that include a file of viz/, themselves or by way of a header in
# tests/unit/. The viewer has one thread, so neither it nor they are built with
# ThreadSanitizer; the Makefile and run.sh ask here which they are.

set -u
cd "$(dirname "$0")/unit" || exit 1

# What makes a file the viewer's when it includes it, as a pattern; it grows by the
# headers that do, until there are no more of them.
included='\.\./\.\./viz/[^"]*' before=
while [ "$included" != "$before" ]; do
    before=$included
    included='\.\./\.\./viz/[^"]*'
    for header in $(grep -lE "^#include \"($before)\"" -- *.h); do
        included+="|$header"
    done
done
grep -lE "^#include \"($included)\"" -- *_test.c | sed 's|^|tests/unit/|'
