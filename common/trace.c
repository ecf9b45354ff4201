/*
 * trace.c - the writer of the trace file; see trace.h and trace_format.h.
 *
 * Space is allocated before it is touched, chunk by chunk, so that a full disk is an
 * error code here and not a SIGBUS in a lesson. Any number of threads may make room at
 * once, and a thread killed meanwhile leaves no lock.
 */
#include "trace.h"
#include "clock.h"
#include "trace_file.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Room is scarce where fewer events than EVENTS_AHEAD still fit. */
enum {
    SITES = 1024,
    WORDS_AHEAD = 256,
    EVENTS_AHEAD = 16384,
    STRING_CHUNK = 64 * 1024
};

/* A call site that has its string already. */
struct site {
    _Atomic(const char *) literal;
    _Atomic uint32_t text;
};

/* The calling thread's part of the writer. */
struct writer {
    uint32_t thread;
    struct trace_word *word; /* NULL: not attached */
};

static struct trace_file file;       /* set before recording, unchanged after */
static uint64_t started;             /* when the run began */
static struct site sites[SITES];     /* every field atomic */
static _Atomic uint32_t objects = 1; /* numbers where nothing is recorded */
static _Thread_local struct writer me;
atomic_bool trace_recording;
_Thread_local bool trace_room_is_scarce;

uint32_t trace_new_object(void)
{
    /* relaxed: only uniqueness matters */
    _Atomic uint32_t *next = trace_on() ? &file.header->next_object : &objects;
    return atomic_fetch_add_explicit(next, 1, memory_order_relaxed);
}

static uint32_t add_string(const char *text)
{
    struct trace_header *h = file.header;
    uint32_t length = (uint32_t)strnlen(text, INT_MAX);
    uint64_t size = (sizeof length + length + 1 + 7) & ~UINT64_C(7);
    /* release: who sees the claim sees that this thread's word is odd */
    uint64_t at =
        atomic_fetch_add_explicit(&h->next_string, size, memory_order_release);

    if (!trace_file_reserve_strings(&file, at + size, STRING_CHUNK))
        return TRACE_TEXT_LOST;
    memcpy(file.strings + at, &length, sizeof length);
    memcpy(file.strings + at + sizeof length, text, length);
    return (uint32_t)(at / 8);
}

/* The string of a call site: made at the first use, found by the literal's address. */
static uint32_t site_string(const char *literal)
{
    size_t first = ((uintptr_t)literal >> 3) % SITES;

    for (size_t i = first, tries = 0; tries < 8; i = (i + 1) % SITES, tries++) {
        const char *seen =
            atomic_load_explicit(&sites[i].literal, memory_order_relaxed);
        if (seen == literal) {
            /* relaxed: the string's bytes are for readers of the file, and reach them
               with the commit of an event; 0 while another thread is still adding it */
            uint32_t text = atomic_load_explicit(&sites[i].text, memory_order_relaxed);
            return text != 0 ? text : add_string(literal);
        }
        if (seen == NULL &&
            atomic_compare_exchange_strong(&sites[i].literal, &seen, literal)) {
            uint32_t text = add_string(literal);
            atomic_store_explicit(&sites[i].text, text, memory_order_relaxed);
            return text;
        }
    }
    return add_string(literal); /* crowded: write it once more */
}

static void note_word_used(uint32_t count)
{
    _Atomic uint32_t *used = &file.header->words_used;
    uint32_t old = atomic_load(used);

    while (old < count && !atomic_compare_exchange_weak(used, &old, count))
        continue;
}

/* A thread that cannot record would leave gaps: nobody's events count from here on. */
static void end_recording(void)
{
    struct trace_header *h = file.header;
    uint64_t none = 0;

    atomic_store(&h->full, 1);
    atomic_compare_exchange_strong(&h->event_limit, &none, atomic_load(&h->next_event));
}

/* Finds the thread a word of its own; without one it cannot record. */
static struct trace_word *find_word(void)
{
    int32_t tid = (int32_t)syscall(SYS_gettid);
    size_t count = trace_file_words(&file);

    for (size_t i = 0; i < count; i++) {
        int32_t nobody = 0;
        if (!trace_file_reserve_word(&file, i))
            break;
        if (atomic_compare_exchange_strong(&file.words[i].tid, &nobody, tid)) {
            note_word_used((uint32_t)i + 1);
            return &file.words[i];
        }
    }
    end_recording();
    return NULL;
}

void trace_attach(uint32_t thread)
{
    me.thread = thread;
    if (trace_on() && me.word == NULL)
        me.word = find_word();
}

void trace_detach(void)
{
    if (me.word != NULL)
        atomic_store(&me.word->tid, 0);
    me = (struct writer){0};
}

static void set_label(struct trace_event *event, const char *label)
{
    size_t length = strnlen(label, TRACE_LABEL_SIZE - 1);

    memcpy(event->label, label, length);
}

/* Whether the event's step is the id of a new item. */
static bool makes_item(enum trace_kind kind)
{
    return kind == TRACE_QUEUE_PUT || kind == TRACE_PIPE_SEND ||
           kind == TRACE_PROCESS_QUEUE_PUT;
}

/* Fills all of the event but its kind; the slot is all zero before. */
static void fill(struct trace_event *event, const struct trace_entry *entry,
                 uint64_t step, uint32_t site, uint32_t text)
{
    event->thread = me.thread;
    event->time_ns = clock_now() - started;
    event->object = entry->object;
    event->site = site;
    event->number = makes_item(entry->kind) ? step : entry->number;
    event->depth = entry->depth;
    event->unfinished = entry->unfinished;
    event->detail = entry->detail;
    event->text = text;
    if (entry->label != NULL && text == 0)
        set_label(event, entry->label);
}

/* Whether there is room for that slot; makes it where there is none left. */
static inline bool has_room(uint64_t slot)
{
    /* acquire: pairs with the release that published the room */
    uint64_t space =
        atomic_load_explicit(&file.header->event_space, memory_order_acquire);

    if (slot + EVENTS_AHEAD < space)
        return true;
    trace_room_is_scarce = true;
    return slot < space || trace_file_grow_events(&file, slot + 1);
}

void trace_make_room_now(void)
{
    /* One thread at a time: another would make room that is not needed yet. Left set
       where there is no more: what remains is used up, and then recording is over. */
    static atomic_bool busy;

    trace_room_is_scarce = false;
    if (!trace_on() || atomic_load(&busy) || atomic_exchange(&busy, true))
        return;
    uint64_t used = atomic_load(&file.header->next_event);
    if (used + EVENTS_AHEAD < atomic_load(&file.header->event_space) ||
        trace_file_append_events(&file))
        atomic_store(&busy, false);
}

uint64_t trace_record(const struct trace_entry *entry)
{
    struct trace_header *h = file.header;
    const char *text = entry->text;
    uint32_t site_ref = 0, text_ref = 0;

    if (me.word == NULL && (me.word = find_word()) == NULL)
        return atomic_fetch_add(&h->next_event, 1) + 1; /* lost, and counted */
    if (text == NULL && entry->label != NULL &&
        strnlen(entry->label, TRACE_LABEL_SIZE) == TRACE_LABEL_SIZE)
        text = entry->label;

    /* The word is odd before a claim can be seen, of a string or of the slot: whoever
       sees the claim (acquire) sees it too, because the claim is a release. Only this
       thread writes the word. */
    uint64_t count = atomic_load_explicit(&me.word->count, memory_order_relaxed);
    atomic_store_explicit(&me.word->count, count + 1, memory_order_relaxed);
    if (entry->site != NULL)
        site_ref = site_string(entry->site);
    if (text != NULL)
        text_ref = add_string(text);
    uint64_t slot = atomic_fetch_add_explicit(&h->next_event, 1, memory_order_release);

    if (has_room(slot)) {
        struct trace_event *event = &file.events[slot];
        fill(event, entry, slot + 1, site_ref, text_ref);
        /* release: who sees the kind sees the rest */
        atomic_store_explicit(&event->kind, entry->kind, memory_order_release);
    }
    /* release: who sees the word even sees the slot committed */
    atomic_store_explicit(&me.word->count, count + 2, memory_order_release);
    return slot + 1;
}

void trace_bury(pid_t thread)
{
    size_t used = trace_on() ? atomic_load(&file.header->words_used) : 0;

    for (size_t i = 0; i < used; i++) {
        struct trace_word *word = &file.words[i];
        if (thread == 0 || atomic_load(&word->tid) != thread)
            continue;
        if (atomic_load(&word->count) % 2 != 0)
            atomic_fetch_add(&word->count, 1);
        atomic_store(&word->tid, 0);
    }
}

int trace_descriptor(void)
{
    return trace_on() ? file.descriptor : -1;
}

bool trace_continue(int descriptor)
{
    if (!trace_file_adopt(&file, descriptor))
        return false;
    started = atomic_load(&file.header->start_ns);
    atomic_store(&trace_recording, true);
    return true;
}

/* In a new process: its word is the parent's, who goes on using it. */
static void forget_word(void)
{
    me.word = NULL;
}

bool trace_start(const char *path, const struct trace_run *run, char *why, size_t size)
{
    signal(SIGXFSZ, SIG_IGN); /* a file-size limit is an error code like a full disk */
    if (!trace_file_create(&file, path, why, size))
        return false;
    pthread_atfork(NULL, NULL, forget_word);
    memset(sites, 0, sizeof sites);

    struct trace_header *h = file.header;
    h->start_realtime_s = (int64_t)time(NULL);
    h->seed = run->seed;
    h->program = add_string(run->program);
    h->options = add_string(run->options);
    h->source_name = add_string(run->source_name);
    h->source_text = add_string(run->source_text);
    /* objects made before the recording keep their numbers */
    atomic_store(&h->next_object, atomic_load(&objects));
    /* what the first events of many threads need, while there is room and no run's time
       passes; more words get theirs later, or end the recording */
    for (size_t i = 0; i < WORDS_AHEAD && i < trace_file_words(&file); i++)
        trace_file_reserve_word(&file, i);
    if ((me.word = find_word()) == NULL || !trace_file_grow_events(&file, 1)) {
        snprintf(why, size, "%s", strerror(ENOSPC));
        return false;
    }
    trace_file_publish(&file);
    started = clock_now();
    atomic_store(&h->start_ns, started);
    atomic_store(&trace_recording, true);
    return true;
}

/* Waits for events that other threads are just writing: each takes a moment, or many
   time slices on a busy machine; one whose thread was killed never ends. Less than the
   second in which a deadlock must be told. */
static void let_writers_finish(void)
{
    uint32_t used = atomic_load(&file.header->words_used);
    uint64_t deadline = deadline_after(500);

    for (uint32_t i = 0; i < used; i++)
        while (atomic_load(&file.words[i].count) % 2 != 0 && clock_now() < deadline)
            sched_yield();
}

uint64_t trace_finish(int exit_status, bool all_ended)
{
    if (!trace_on())
        return 0;
    if (getpid() != file.creator) { /* the run goes on without this process */
        atomic_store(&trace_recording, false);
        return 0;
    }
    atomic_store(&trace_recording, false);

    struct trace_header *h = file.header;
    uint64_t last = trace_record(
        &(struct trace_entry){.kind = TRACE_RUN_END, .detail = (uint32_t)exit_status});
    /* acquire: the strings of the events before the last are claimed by now */
    atomic_load_explicit(&h->next_event, memory_order_acquire);
    uint64_t strings = atomic_load_explicit(&h->next_string, memory_order_acquire);
    let_writers_finish(); /* of what comes before: later slots and strings are cut off
                           */
    uint64_t space = atomic_load(&h->event_space), limit = atomic_load(&h->event_limit);
    if (limit != 0 && space > limit)
        space = limit;
    uint64_t lost = last > space ? last - space : 0;

    atomic_store(&h->exit_status, exit_status);
    atomic_store_explicit(&h->ended, 1, memory_order_release);
    trace_file_trim(&file, lost > 0 ? space : last, strings, all_ended);
    return lost;
}

bool trace_lost_texts(void)
{
    const struct trace_header *h = file.header;

    return h != NULL && atomic_load(&h->next_string) > atomic_load(&h->string_space);
}
