#!/bin/bash
# course.sh - the course in lessons/README.md is the one in the folders, and each lesson's
# README has its parts.

# shellcheck source-path=SCRIPTDIR source=lib.bash
source "$(dirname "$0")/lib.bash"

# The table's rows: folder and variants, as "01_thread_result join_each ...".
told() {
    sed -n 's/^| \[\([0-9][0-9]_[a-z_]*\)\]([^)]*)[^|]*|[^|]*|\([^|]*\)|$/\1 \2/p' \
        lessons/README.md | tr -d '`,' | tr -s ' ' | sed 's/ (/(/g; s/ $//'
}

# The same from the folders: each variant with its exit status, "join_each(0)".
found() {
    local folder variant

    for folder in lessons/[0-9][0-9]_*/; do
        printf '%s' "$(basename "$folder")"
        for variant in "$folder"*.c; do
            [[ $variant == */lesson.c ]] ||
                printf ' %s(%s)' "$(basename "$variant" .c)" "$(ends "$variant")"
        done
        echo
    done
}

# Variants in any order.
sorted() {
    while read -r folder variants; do
        # shellcheck disable=SC2086 # words
        echo "$folder" $(printf '%s\n' $variants | sort)
    done
}

diff <(told | sorted) <(found | sorted) >"$work/err" ||
    fail 'the table in lessons/README.md (<) and the folders (>) differ'

for folder in lessons/[0-9][0-9]_*/; do
    readme=$folder/README.md
    [ -e "$readme" ] || fail "$readme is missing"
    for heading in Predict Run Explain Names Variants Correction; do
        grep -q "^## $heading" "$readme" || fail "$readme has no part '$heading'"
    done
    for variant in "$folder"*.c; do
        name=$(basename "$variant" .c)
        [ "$name" = lesson ] || grep -q "^### .*$name" "$readme" ||
            fail "$readme does not tell of its variant $name"
        lines=$(wc -l <"$variant")
        [ "$lines" -le 155 ] || fail "$variant has $lines lines; about 120 should do"
        awk 'length > 72 { exit 1 }' "$variant" ||
            fail "$variant has lines of more than 72 columns"
    done
    # links within the project lead somewhere
    while read -r link; do
        [ -e "$folder/${link%%#*}" ] || [ -z "${link%%#*}" ] ||
            fail "$readme: the link to $link leads nowhere"
    done < <(grep -o '](\([^)h][^)]*\))' "$readme" | sed 's/](\(.*\))/\1/')
done
exit 0
