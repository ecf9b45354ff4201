#!/bin/bash
# completion.sh - what bash offers after a part of a viz command line.

set -u
cd "$(dirname "$0")/.." || exit 1
[ -x build/bin/viz ] || { echo 'viz is not built: make'; exit 77; }
PATH=$PWD/build/bin:$PATH

# shellcheck source=viz/completion.bash
. viz/completion.bash

# offers WORD... [: WORD...]: after the words before the colon, the last of which is not
# finished, bash must offer just those after it.
offers() {
    local words=() wanted

    while [ $# -gt 0 ] && [ "$1" != : ]; do
        words+=("$1")
        shift
    done
    shift
    COMP_WORDS=(viz "${words[@]}")
    COMP_CWORD=${#words[@]}
    _viz viz
    wanted=$(printf '%s\n' "$@" | sort)
    [ "$(printf '%s\n' "${COMPREPLY[@]}" | sort)" = "$wanted" ] || {
        echo "after 'viz ${words[*]}' bash offers: ${COMPREPLY[*]}"
        echo "and not: $*"
        exit 1
    }
}

offers repl : replay
offers ch : check
offers task_done : task_done_join task_done_join/as_in_document \
    task_done_join/extra_task_done task_done_join/missing_task_done
offers run task_done_join/m : task_done_join/missing_task_done
offers 3/m : 3/missing_task_done
offers run 03/m : 03/missing_task_done
offers 99/ :
offers --ascii task_done_join/m : task_done_join/missing_task_done
offers --color = 8 task_done_join/m : task_done_join/missing_task_done
offers -o file task_done_join/m : task_done_join/missing_task_done
offers --pal : --palette=
offers --no- : --no-mouse --no-ascii
offers run --as : --ascii
offers --color = : auto always never 8 256
offers --color = a : auto always
offers --palette = li : light
offers --palette = color : colorblind-safe
offers stats --j : --json
offers list --n : --names
offers export --f : --format
offers replay --at : --at=
offers task_done_join --wo : --workers
offers run 3 --wo : --workers
offers replay task : # file names, by bash itself
offers -o task :
offers no-such-lesson --wo :
