/*
 * trace_fuzz.h - what a fuzzer calls: libFuzzer by these names, or driver.c.
 */
#ifndef TRACE_FUZZ_H
#define TRACE_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Looks at a trace of any bytes. A crash, a failed check of a sanitizer, or a run that
   does not end is what the fuzzer looks for. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Changes the trace in place, as the seed says, and returns its new size, which is
   never larger. */
size_t fuzz_change(uint8_t *bytes, size_t size, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);

#endif
