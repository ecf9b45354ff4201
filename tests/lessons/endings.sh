#!/bin/bash
# endings.sh - however a lesson ends, nothing of it stays behind: no process, no file.
#
# Each program that starts processes is interrupted (the whole group, as ^C does), told to
# end and killed (its first process alone), while its children live.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

mkdir "$work/here" "$work/temporary"

# Others use /tmp while this test runs, so each program gets a folder of its own for that.
! grep -n '"/tmp' -r common lessons || fail 'this does not go by TMPDIR'

# alive GROUP: the living processes of that process group.
alive() {
    ps -eo pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^[ZX]/' | wc -l
}

has_children() { [ "$(alive "$1")" -gt 1 ] || ! kill -0 "$1" 2>/dev/null; }
# the kernel answers at once where nothing is left; what is dead and unburied is not alive
is_gone() { ! kill -0 -- "-$1" 2>/dev/null || [ "$(alive "$1")" -eq 0 ]; }

# end_by SIGNAL WHOM NAME: WHOM is "-" for the whole group, and empty for the first process.
end_by() {
    local sign=$1 whom=$2 name=$3 pid files

    files=$(find /dev/shm -maxdepth 1 2>/dev/null | sort)
    (cd "$work/here" && TMPDIR=$work/temporary exec setsid "$OLDPWD/build/lessons/$name" --delay 300 \
        --tasks 4 --workers 2) \
        >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
    children+=("$pid")
    until_so has_children "$pid"
    kill -s "$sign" -- "$whom$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    until_so is_gone "$pid"
    [ -z "$(ls "$work/here" "$work/temporary" | grep -v ':$')" ] || fail "$name, ended by $sign, leaves files"
    comm -13 <(echo "$files") <(find /dev/shm -maxdepth 1 2>/dev/null | sort) |
        grep -i 'manager\|lesson\|trace' && fail "$name, ended by $sign, leaves files"
}

for source in $(grep -lE '(process_start|process_spawn|process_pool_init|manager_start)\(' \
    lessons/*/*.c); do
    name=${source#lessons/}
    name=${name%.c}
    end_by INT - "$name"
    end_by TERM '' "$name"
    end_by KILL '' "$name"
done
exit 0
