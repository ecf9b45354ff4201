# Builds the kit into build/. "make help" lists what there is to make.
#
# Lessons, viewer files and tests are found by wildcard: adding one is adding a file.
# SAN=thread and SAN=address build into folders of their own, with that sanitizer;
# SAN=fuzzer, which needs clang, is what "make fuzz" uses.

CC ?= cc
SAN ?=
B := build$(if $(SAN),/$(SAN))

# The plain build warns. With a sanitizer the compiler knows less of the values, and
# would warn of what cannot be.
WARNINGS := $(if $(SAN),,-Wall -Wextra -Wpedantic -Wshadow -Wconversion)
CPPFLAGS += -D_GNU_SOURCE -Icommon
# With a sanitizer -O1 and line numbers only: half the time to build, and it tells as much.
CFLAGS ?= $(if $(SAN),-O1 -g1,-O2 -g)
KIT_CFLAGS := -std=c11 $(WARNINGS) -pthread -MMD -MP
KIT_LDFLAGS := -pthread
ifeq ($(SAN),thread)
KIT_CFLAGS += -fsanitize=thread -fno-omit-frame-pointer
KIT_LDFLAGS += -fsanitize=thread
else ifeq ($(SAN),address)
KIT_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined \
              -fno-omit-frame-pointer
KIT_LDFLAGS += -fsanitize=address,undefined
else ifeq ($(SAN),fuzzer)
KIT_CFLAGS += -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=undefined -fno-omit-frame-pointer
KIT_LDFLAGS += -fsanitize=address,undefined
else ifneq ($(SAN),)
$(error SAN is thread, address or fuzzer, not '$(SAN)')
endif

# What this machine has: each found by trying to link it.
hash := \#
try = $(shell printf '$(hash)include <$(1)>\nint main(void){return $(2);}' | $(CC) -x c - -o /dev/null $(3) 2>/dev/null && echo yes)
ifneq ($(filter-out clean help uninstall install-% format,$(or $(MAKECMDGOALS),all)),)
HAVE_CURSES := $(call try,curses.h,endwin(),-lncursesw)
HAVE_JANSSON := $(call try,jansson.h,!json_object(),-ljansson)
HAVE_CMOCKA := $(shell printf '$(hash)include <stdarg.h>\n$(hash)include <stddef.h>\n$(hash)include <stdint.h>\n$(hash)include <setjmp.h>\n$(hash)include <cmocka.h>\n' | $(CC) -x c -E - >/dev/null 2>&1 && echo yes)
endif

COMMON := $(filter-out common/no_source.c,$(wildcard common/*.c))
LESSONS := $(patsubst lessons/%.c,$(B)/lessons/%,$(wildcard lessons/*/*.c))
VIEWER := $(filter-out viz/main.c viz/screen_%,$(wildcard viz/*.c))
SCREEN := $(if $(HAVE_CURSES),viz/screen_curses.c,viz/screen_none.c)
# The viewer has one thread: ThreadSanitizer has nothing to look for there.
VIEWER_TESTS := $(if $(filter thread,$(SAN)),$(shell tests/viewer_tests.sh))
UNIT_SOURCES := $(filter-out $(VIEWER_TESTS),$(wildcard tests/unit/*.c))
UNIT := $(if $(HAVE_CMOCKA),$(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(UNIT_SOURCES)))
HELPERS := $(patsubst tests/lessons/%.c,$(B)/tests/lessons/%,$(wildcard tests/lessons/*.c))
BENCHES := $(patsubst tests/bench/%.c,$(B)/tests/bench/%,$(wildcard tests/bench/*_bench.c tests/bench/generator.c))
BENCH_PARTS := $(filter-out %_bench.c tests/bench/generator.c,$(wildcard tests/bench/*.c))
VIEWER_LIBS := $(if $(HAVE_CURSES),-lncursesw) $(if $(HAVE_JANSSON),-ljansson)

object = $(patsubst %.c,$(B)/obj/%.o,$(1))

.PHONY: all lessons viz demo test soak bench clean help unit format test-programs bench-programs \
        fuzz fuzz-program golden force
.SECONDARY:
all: lessons viz

lessons: $(LESSONS)
viz: $(B)/bin/viz
	$(if $(HAVE_CURSES),,@echo 'viz is built without its screen: apt-get install libncurses-dev, then make')
	$(if $(HAVE_JANSSON),,@echo 'viz is built without its JSON (viz events, stats --json, export to Perfetto): apt-get install libjansson-dev, then make')

# --- objects and libraries

# The tests themselves need not be quick, only what they test: this is a minute of the
# time that all tests take.
$(B)/obj/tests/unit/%.o: CFLAGS := -O0 -g1

$(B)/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(if $(HAVE_JANSSON),-DHAVE_JANSSON) $(KIT_CFLAGS) $(CFLAGS) -c $< -o $@

$(B)/libcommon.a: $(call object,$(COMMON))
	@rm -f $@ && ar rcs $@ $^

$(B)/libviz.a: $(call object,$(VIEWER))
	@rm -f $@ && ar rcs $@ $^

# --- the lessons; each carries its own source text

$(B)/obj/lessons/%.source.o: lessons/%.c common/lesson_source.S
	@mkdir -p $(@D)
	$(CC) -DSOURCE_FILE='"$<"' -DSOURCE_NAME='"$*.c"' -c common/lesson_source.S -o $@

$(B)/lessons/%: $(B)/obj/lessons/%.o $(B)/obj/lessons/%.source.o $(B)/libcommon.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(LDFLAGS) $^ -o $@
	@cp lessons/$*.c $@.c

# --- the viewer; what was found on the machine since the last build is built in

$(B)/found: force
	@mkdir -p $(@D)
	@echo 'curses=$(HAVE_CURSES) jansson=$(HAVE_JANSSON)' | cmp -s - $@ || \
	    echo 'curses=$(HAVE_CURSES) jansson=$(HAVE_JANSSON)' >$@
force:

$(call object,viz/command_events.c viz/command_stats_json.c viz/json_text.c \
                 viz/export_perfetto.c viz/export_perfetto_slices.c viz/export_perfetto_marks.c) $(B)/bin/viz: $(B)/found

$(B)/bin/viz: $(call object,viz/main.c $(SCREEN)) $(B)/libviz.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(LDFLAGS) $(filter %.o %.a,$^) $(VIEWER_LIBS) -o $@

# --- the tests

$(B)/tests/unit/%: $(B)/obj/tests/unit/%.o $(B)/obj/common/no_source.o \
                   $(if $(filter thread,$(SAN)),,$(B)/libviz.a) $(B)/libcommon.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(LDFLAGS) $^ -lcmocka $(filter-out -lncursesw,$(VIEWER_LIBS)) -o $@

$(B)/tests/lessons/%: $(B)/obj/tests/lessons/%.o $(B)/obj/common/no_source.o $(B)/libcommon.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(LDFLAGS) $^ -o $@

# GLib is there to be compared with; without it the benchmarks say so and go on.
bench_glib := $(shell pkg-config --exists glib-2.0 2>/dev/null && echo yes)
$(B)/obj/tests/bench/contender.o: CPPFLAGS += \
    $(if $(bench_glib),-DHAVE_GLIB $(shell pkg-config --cflags glib-2.0))

$(B)/tests/bench/%: $(B)/obj/tests/bench/%.o $(call object,$(BENCH_PARTS)) \
                    $(call object,$(SCREEN)) $(B)/obj/common/no_source.o \
                    $(B)/libviz.a $(B)/libcommon.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(LDFLAGS) $^ $(VIEWER_LIBS) \
	    $(if $(bench_glib),$(shell pkg-config --libs glib-2.0)) -o $@

# The fuzzer of traces: with libFuzzer where it is built for that, or with a driver.
fuzz_driver := $(if $(filter fuzzer,$(SAN)),,$(call object,tests/fuzz/driver.c))
$(B)/tests/fuzz/trace_fuzz: $(call object,tests/fuzz/trace_fuzz.c) $(fuzz_driver) \
                            $(B)/libviz.a
	@mkdir -p $(@D)
	$(CC) $(KIT_LDFLAGS) $(if $(filter fuzzer,$(SAN)),-fsanitize=fuzzer) $(LDFLAGS) $^ \
	    $(filter-out -lncursesw,$(VIEWER_LIBS)) -o $@
fuzz-program: $(B)/tests/fuzz/trace_fuzz

unit: $(UNIT)
test-programs: $(UNIT) $(HELPERS)
bench-programs: $(BENCHES)

# --- what people type

demo: install-demo
	@$(MAKE) --no-print-directory all
	@tests/demo.sh

# Where the user chose no number of jobs, as many as there are processors.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

test: install-test
	@$(MAKE) --no-print-directory $(JOBS) all test-programs
	@$(MAKE) --no-print-directory $(JOBS) SAN=thread lessons unit
	@$(MAKE) --no-print-directory $(JOBS) SAN=address all unit fuzz-program
	@tests/run.sh

soak: install-test
	@$(MAKE) --no-print-directory $(JOBS) all test-programs
	@tests/soak.sh

# Writes the pictures anew that golden_test compares; look at them with git diff.
golden:
	@$(MAKE) --no-print-directory $(JOBS) $(B)/tests/unit/golden_test
	@GOLDEN=write $(B)/tests/unit/golden_test >/dev/null
	@git diff --stat -- tests/unit/golden 2>/dev/null || :

# FUZZ_SECONDS=600 make fuzz looks for longer.
FUZZ_SECONDS ?= 60
fuzz: install-fuzz
	@$(MAKE) --no-print-directory $(JOBS) lessons
	@$(MAKE) --no-print-directory $(JOBS) SAN=fuzzer CC=clang fuzz-program
	@tests/fuzz/fuzz.sh $(FUZZ_SECONDS) build/fuzzer/tests/fuzz/trace_fuzz

bench: install-bench
	@$(MAKE) --no-print-directory $(JOBS) all bench-programs
	@tests/bench/bench.sh

.PHONY: install-demo install-test install-bench install-fuzz
install-demo:
	@tests/need.sh libncurses-dev libjansson-dev
install-test:
	@tests/need.sh libncurses-dev libjansson-dev libcmocka-dev tmux jq
install-fuzz:
	@tests/need.sh libncurses-dev libjansson-dev clang libclang-rt-dev
install-bench:
	@tests/need.sh libncurses-dev libjansson-dev libglib2.0-dev pkg-config

# --- to keep it: the installed tree has the shape of build/, so viz and the lessons find
# each other there too; what is on the PATH is a link to it

PREFIX ?= /usr/local
DESTDIR ?=
TO = $(DESTDIR)$(PREFIX)
PROGRAMS := $(LESSONS:$(B)/%=%)
PAGES := $(wildcard lessons/README.md lessons/*/README.md)
MAN := share/man/man1/viz.1
COMPLETION := share/bash-completion/completions/viz
FOLDERS := $(addprefix lib/viz/,$(sort $(dir $(PROGRAMS))) lessons bin) lib/viz

.PHONY: install uninstall
install: all
	@install -d $(foreach folder,bin $(FOLDERS) $(dir $(MAN) $(COMPLETION)),"$(TO)/$(folder)")
	@install -m 755 $(B)/bin/viz "$(TO)/lib/viz/bin/viz"
	@ln -sf ../lib/viz/bin/viz "$(TO)/bin/viz"
	@for program in $(PROGRAMS); do \
	    install -m 755 "$(B)/$$program" "$(TO)/lib/viz/$$program" && \
	    install -m 644 "$(B)/$$program.c" "$(TO)/lib/viz/$$program.c" || exit 1; done
	@for page in $(PAGES); do install -m 644 $$page "$(TO)/lib/viz/$$page" || exit 1; done
	@install -m 644 viz/viz.1 "$(TO)/$(MAN)"
	@install -m 644 viz/completion.bash "$(TO)/$(COMPLETION)"
	@echo 'installed: $(TO)/bin/viz, lessons in $(TO)/lib/viz/lessons'

uninstall:
	@rm -f $(foreach file,bin/viz $(MAN) $(COMPLETION),"$(TO)/$(file)") \
	    $(foreach file,bin/viz $(PROGRAMS) $(PROGRAMS:=.c) $(PAGES),"$(TO)/lib/viz/$(file)")
	@for folder in $(FOLDERS); do rmdir "$(TO)/$$folder" 2>/dev/null || true; done

format:
	clang-format -i common/*.[ch] viz/*.[ch] lessons/*/*.c tests/*/*.c

clean:
	rm -rf build

help:
	@echo 'make            build everything into build/'
	@echo 'make demo       install what is missing, build, open lesson 3 in the live view'
	@echo 'make test       install what the tests need, run every test'
	@echo 'make soak       the long runs: thousands of healthy runs under load'
	@echo 'make golden     writes the expected pictures of the views anew, to be looked at'
	@echo 'make fuzz       looks for damaged traces that do harm, for a minute'
	@echo 'make bench      the measurements, against textbook and library queues'
	@echo 'make lessons    the lessons alone; make viz: the viewer alone'
	@echo 'make install    for everybody: viz and the lessons below PREFIX=/usr/local;'
	@echo '                DESTDIR=... stages it; make uninstall takes it away'
	@echo 'make format     clang-format over all sources'
	@echo 'make clean      remove build/'
	@echo
	@echo 'SAN=thread, SAN=address   build with a sanitizer, into build/thread, build/address'
	@echo 'CC=clang                  build with another compiler (make clean first)'

-include $(shell [ -d $(B)/obj ] && find $(B)/obj -name '*.d')
