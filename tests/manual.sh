#!/bin/bash
# manual.sh - the manual page is well-formed, and has what "viz --help" has: the same
# commands, the same options, no more and no less.

set -u
cd "$(dirname "$0")/.." || exit 1
[ -x build/bin/viz ] || { echo 'viz is not built: make'; exit 77; }

page=viz/viz.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$1"
    exit 1
}

# The commands, the options of the whole line, and those of single commands, as the help
# has them: "viz stats", "--palette", "--json".
build/bin/viz --help >"$work/help" || fail 'viz --help fails'
sed '/^Options/q' "$work/help" | grep '^  viz' >"$work/usage"
cut -c 1-31 "$work/usage" | grep -oE 'viz( \[?[a-z]+)?' | tr -d '[' |
    sort -u >"$work/help_commands"
grep '^  -' "$work/help" | cut -c 1-20 | grep -oE -e '--?[a-z][a-z-]*' |
    sort -u >"$work/help_options"
grep -oE -e '--[a-z][a-z-]*' "$work/usage" | sort -u >"$work/help_own"

# The same as the manual page has them: what follows a .TP is a command or an option;
# the options of a command stand in its text.
part() {
    awk -v part="$1" '/^\.SH/ { in_part = ($0 == ".SH " part) } in_part' "$page" |
        sed 's/\\-/-/g'
}
part COMMANDS | grep -A 1 '^\.TP' | grep -oE 'viz( [a-z]+)?' |
    sort -u >"$work/page_commands"
part OPTIONS | grep -A 1 '^\.TP' | grep -oE -e '--?[a-z][a-z-]*' |
    sort -u >"$work/page_options"
part COMMANDS | grep -oE -e '^\.B[IR]? --[a-z][a-z-]*' | grep -oE -e '--[a-z-]+' |
    sort -u >"$work/page_own"

for what in commands options; do
    [ "$(wc -l <"$work/help_$what")" -ge 5 ] || fail "no $what are found in the help"
    diff "$work/help_$what" "$work/page_$what" >"$work/differ" ||
        fail "$what of viz --help (<) and of $page (>): $(cat "$work/differ")"
done
missing=$(comm -23 "$work/help_own" "$work/page_own")
[ -z "$missing" ] || fail "$page does not tell of $missing, which viz --help has"
while read -r option; do # the help has no room for all of these
    grep -q -e "\"${option#--}\"" -e "\"$option\"" viz/command_*.c ||
        fail "$page tells of $option, which no command has"
done <"$work/page_own"

# The keys that are letters: the page has those of both tables.
part KEYS | sed -n 's/^\.B \(.*\)/\1/p' | sed "s/^.(aq$/'/" >"$work/page_keys"
for table in viz/keys.c viz/keys_compare.c; do
    sed -nE 's/^    \{.*, "([[:alpha:]])", COMMAND_.*"\},$/\1/p' "$table" >"$work/keys"
    [ "$(wc -l <"$work/keys")" -ge 8 ] || fail "no keys are found in $table"
    while read -r key; do
        grep -qxF -- "$key" "$work/page_keys" || fail "$page has no key $key of $table"
    done <"$work/keys"
done

# The palettes are in both, and in the completion by way of the help.
sed -n 's/^ *{"\([a-z-]*\)",.*/\1/p' viz/palette.c >"$work/palettes"
[ "$(wc -l <"$work/palettes")" -ge 4 ] || fail 'no palettes are found in viz/palette.c'
while read -r palette; do
    grep -q -- "--palette=.*$palette" "$work/help" || fail "the help has no $palette"
    part OPTIONS | grep -q -- "^\.B $palette" || fail "$page has no $palette"
done <"$work/palettes"

command -v groff >/dev/null || { echo 'well-formed? groff is not installed'; exit 77; }
groff -man -ww -Tutf8 "$page" 2>"$work/said" >/dev/null || fail "$page: groff fails"
[ ! -s "$work/said" ] || fail "$page: $(cat "$work/said")"
