#!/bin/bash
# install.sh - make install puts everything where it is found, and make uninstall takes
# just that away again. All of it below a folder of the test's.

set -u
cd "$(dirname "$0")/.." || exit 1
[ -x build/bin/viz ] || { echo 'viz is not built: make'; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stage="$work/a stage" # with a blank, as some paths have
kit=$stage/opt/kit
export XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config LC_ALL=C.UTF-8

fail() {
    echo "$1"
    [ ! -s "$work/out" ] || head "$work/out"
    exit 1
}

# Without the options and the jobs of the make that runs the tests.
quiet_make() {
    MAKEFLAGS='' MFLAGS='' MAKELEVEL='' make --no-print-directory "$@" PREFIX=/opt/kit \
        DESTDIR="$stage" >"$work/out" 2>&1
}

# Runs what was installed, from elsewhere.
installed() {
    (cd / && PATH="$kit/bin:$PATH" && "$@") >"$work/out" 2>&1
}

quiet_make install || fail 'make install fails'

find "$stage" ! -type d | sort >"$work/files"
grep -vE '/opt/kit/(bin|lib/viz|share)/' "$work/files" && fail 'that is elsewhere'
find "$stage" -type d ! -perm 755 | grep . && fail 'these folders are not for everybody'
find "$stage" -type f ! -perm 755 ! -perm 644 | grep . && fail 'nor are these files'

installed viz list || fail 'the installed viz list fails'
build/bin/viz list | cmp -s - "$work/out" || fail 'viz list finds other lessons'
installed viz --dump=80x24 3 --delay 0 || fail 'a lesson does not run'
grep -q '^ SOURCE  03_task_done_join/lesson.c' "$work/out" || fail 'its source is missing'
installed "$kit/lib/viz/lessons/03_task_done_join/lesson" --view --delay 0 ||
    fail 'a lesson does not find its viewer'
grep -q 'main joins\|main waits' "$work/out" || fail 'the viewer shows nothing'
installed viz 3/missing_task_done --delay 0
[ $? -eq 3 ] || fail 'a variant does not run'

for page in lessons/README.md lessons/*/README.md; do
    cmp -s "$page" "$kit/lib/viz/$page" || fail "$page is not installed"
done
cmp -s viz/viz.1 "$kit/share/man/man1/viz.1" || fail 'the manual page is not installed'
# shellcheck source=/dev/null
(. "$kit/share/bash-completion/completions/viz" && complete -p viz) >"$work/out" ||
    fail 'the completion is not installed'

# A second time over the first, and then away with it; what is not ours stays.
quiet_make install || fail 'make install fails over an older one'
find "$stage" ! -type d | sort | cmp -s - "$work/files" || fail 'it differs then'
touch "$kit/bin/other" "$kit/lib/viz/lessons/03_task_done_join/mine.c"
quiet_make uninstall || fail 'make uninstall fails'
find "$stage" ! -type d | sort >"$work/left"
printf '%s\n' "$kit/bin/other" "$kit/lib/viz/lessons/03_task_done_join/mine.c" |
    cmp -s - "$work/left" || fail "this is left, or too little: $(cat "$work/left")"
rm "$kit/lib/viz/lessons/03_task_done_join/mine.c"
quiet_make uninstall || fail 'make uninstall fails where there is nothing'
[ ! -e "$kit/lib/viz" ] || fail 'the folder of the kit is left'
