# completion.bash - completes the words of a viz command line in bash.
#
# make install puts it where bash looks; by hand:  . viz/completion.bash
# Commands and options are read from "viz --help" and lessons from "viz list --names", so
# that nothing is listed here a second time.
# shellcheck shell=bash

# The values of an option that has a list of them, as its line of the help has.
_viz_values() {
    "$1" --help 2>/dev/null | sed -n "s/^  $2=[A-Z]*  *//p" | tr -cs 'a-z0-9-' ' '
}

_viz_commands() {
    "$1" --help 2>/dev/null | sed -n 's/^  viz \[*\([a-z][a-z]*\).*/\1/p'
}

# The options for the whole command line, each as it is typed: "--color=", "--ascii".
_viz_options() {
    "$1" --help 2>/dev/null | grep '^  -' | cut -c 1-20 |
        grep -oE -e '(^|[ ,])--?[a-z][a-z-]*=?'
}

# The options in a command's own line: "viz stats TRACE... [--json]"; fails if it has
# none.
_viz_command_options() {
    "$1" --help 2>/dev/null | grep -E "^  viz \[?$2\]?( |$)" |
        tr '[' ' ' | grep -oE -e ' --?[a-z][a-z-]*'
}

# What can be typed for a lesson: its name, its variants after a slash; after a number and
# a slash the same variants.
_viz_lessons() {
    local number=${word%%/*} name

    "$1" list --names 2>/dev/null
    [[ $word == [0-9]*/* ]] || return 0
    name=$("$1" list 2>/dev/null | sed -n "s/^ *${number##0} \([^ ]*\).*/\1/p")
    [ -z "$name" ] || "$1" list --names | sed -n "s,^$name/,$number/,p"
}

# What a lesson takes, by its own help.
_viz_lesson_options() {
    "$1" "$2" --help 2>/dev/null | grep -oE -e '^ +--[a-z][a-z-]*'
}

# The word that is typed, and the option whose value it is; "--color=8" is one word to
# viz, though bash splits it.
_viz_split() {
    word=${COMP_WORDS[COMP_CWORD]} option=
    if [ "$word" = = ]; then
        option=${COMP_WORDS[COMP_CWORD - 1]} word=
    elif [ "$COMP_CWORD" -gt 1 ] && [ "${COMP_WORDS[COMP_CWORD - 1]}" = = ]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    fi
}

# The first word before this one that is no option, and the next: command and lesson.
# Where the first is no command it is a lesson.
_viz_find_command() {
    local i words=()

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -o) i=$((i + 1)) ;;
        =) i=$((i + 1)) ;;
        -*) ;;
        *) words+=("${COMP_WORDS[i]}") ;;
        esac
    done
    command=${words[0]:-} lesson=
    [ "$command" != run ] || lesson=${words[1]:-}
    [ -z "$command" ] || _viz_commands "$viz" | grep -qxF -e "$command" ||
        lesson=$command
}

# What can stand here: words from which compgen chooses.
_viz_words() {
    if [ -n "$option" ]; then
        _viz_values "$viz" "$option"
    elif [[ $word == -* ]] && [ -n "$lesson" ]; then
        _viz_lesson_options "$viz" "$lesson"
    elif [[ $word == -* ]]; then
        _viz_command_options "$viz" "${command:-none}" || _viz_options "$viz"
    elif [ -z "$command" ]; then
        _viz_commands "$viz"
        _viz_lessons "$viz"
    elif [ "$command" = run ] && [ -z "$lesson" ] || [ "$command" = compare ]; then
        _viz_lessons "$viz"
    fi
}

# Where none of these fits, bash offers the names of files: a trace, a program.
_viz() {
    local viz=$1 word option command lesson

    _viz_split
    _viz_find_command
    COMPREPLY=()
    [ "${COMP_WORDS[COMP_CWORD - 1]}" != -o ] || return 0
    mapfile -t COMPREPLY < <(compgen -W "$(_viz_words)" -- "$word")
    [[ ${COMPREPLY[0]:-} != *= ]] || compopt -o nospace 2>/dev/null
    return 0
}

complete -o default -F _viz viz
