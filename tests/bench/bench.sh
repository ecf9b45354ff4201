#!/bin/bash
# bench.sh - runs the benchmarks: the check of the bounded queue first, then the rest.
#
# Tables on stdout; nothing stays behind. TMPDIR says where the traces go meanwhile.

set -eu
cd "$(dirname "$0")/../.."

make --no-print-directory --silent all bench-programs
first=build/tests/bench/bounded_bench
disk=$(df --output=fstype "${TMPDIR:-/tmp}" | tail -n 1)
echo "Machine: $(nproc) processors, $(uname -sr); traces on $disk"
echo "Every figure is a median of rounds taken in turn; smaller is better."
echo
"$first"
for bench in build/tests/bench/*_bench; do
    [ "$bench" = "$first" ] && continue
    echo
    "$bench"
done
