#!/bin/bash
# need.sh PACKAGE... - installs the Debian packages that are missing.
#
# Always exits 0: where it cannot install (no apt-get, no right to, no network), it
# prints the command to type, and make goes on with what works without them.

set -u

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "$@"; do
    installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

cannot() {
    echo "$1. To install what is missing, type:"
    echo "    sudo apt-get install -y ${missing[*]}"
    echo "Going on with what works without."
    exit 0
}

command -v apt-get >/dev/null ||
    cannot 'This system has no apt-get'

# How to become root: already there, by asking at the terminal, or without asking.
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
        cannot 'Installing packages needs root, and there is no sudo'
    as_root=(sudo)
    [ -t 0 ] || as_root+=(-n)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o DPkg::Lock::Timeout=60 "$@" >>"$log" 2>&1
}
install() {
    apt_get install --no-install-recommends "${missing[@]}"
}

echo "Installing ${missing[*]}"
# A fresh machine has no package lists, and old lists name packages that are gone.
install || { apt_get update && install; } || {
    tail -n 3 "$log"
    cannot 'apt-get could not install them'
}
