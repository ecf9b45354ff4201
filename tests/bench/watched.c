/* watched.c - the viewer at work in a terminal of its own; see watched.h. */
#include "watched.h"
#include "../../viz/screen.h"
#include "../../viz/session.h"
#include "measure.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Bytes after a longer silence are another frame. */
static const uint64_t silence_ns = 8000000;

uint64_t watched_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

const char *watched_built(const char *name)
{
    static char path[PATH_MAX + 64];
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);

    for (int up = 0; up < 3 && length > 0; up++) /* build/tests/bench/this */
        while (length > 0 && path[--length] != '/')
            continue;
    snprintf(path + length, sizeof path - (size_t)length, "/%s", name);
    return path;
}

static char to_remove[PATH_MAX];

static void remove_trace(void)
{
    unlink(to_remove);
}

static void on_signal(int signal_number)
{
    remove_trace();
    _exit(128 + signal_number);
}

void watched_path(char *path, size_t size)
{
    const char *folder = getenv("TMPDIR");

    atexit(remove_trace);
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    snprintf(to_remove, sizeof to_remove, "%s/bench-%ld.trace",
             folder != NULL && folder[0] != '\0' ? folder : "/tmp", (long)getpid());
    snprintf(path, size, "%s", to_remove);
}

/* --- in the viewer's process */

struct tended {
    struct playback *playback;
    struct watched_figures *figures;
};

/* Before it reads on: how old is what it shows? */
static void tend(void *context)
{
    const struct tended *tended = context;
    const struct playback *playback = tended->playback;
    struct watched_figures *figures = tended->figures;
    uint64_t shown = reader_start_ns(&playback->reader) + playback->model.time_ns;
    uint64_t now = watched_now();

    atomic_fetch_add(&figures->rounds, 1);
    atomic_store(&figures->steps, playback->history.model.step);
    if (playback->reader.live && playback->model.step > 1000 && now > shown &&
        now - shown > atomic_load(&figures->worst_lag_ns))
        atomic_store(&figures->worst_lag_ns, now - shown);
}

static int view(const char *path, struct watched_figures *figures)
{
    static struct playback playback;
    const struct display display = display_default();
    struct tended tended = {&playback, figures};
    const struct session_setup setup = {.tend = tend, .context = &tended};
    char why[256];

    if (!playback_open(&playback, path, why, sizeof why) ||
        !screen_open(&display, why, sizeof why)) {
        fprintf(stderr, "the viewer: %s\n", why);
        return 1;
    }
    session_run(&playback, &setup);
    screen_close();
    playback_close(&playback);
    return 0;
}

/* --- outside */

/* A new process whose terminal it is; 0 in that process. */
static pid_t fork_into_terminal(struct watched *watched, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows,
                           .ws_col = (unsigned short)columns};

    fflush(stdout);
    *watched = (struct watched){.terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC),
                                .figures = mmap(NULL, sizeof *watched->figures,
                                                PROT_READ | PROT_WRITE,
                                                MAP_SHARED | MAP_ANONYMOUS, -1, 0)};
    if (watched->terminal < 0 || watched->figures == MAP_FAILED ||
        grantpt(watched->terminal) != 0 || unlockpt(watched->terminal) != 0)
        measure_failed("there is no terminal to be had");
    ioctl(watched->terminal, TIOCSWINSZ, &size);
    const char *name = ptsname(watched->terminal);
    watched->process = fork();
    if (watched->process != 0)
        return watched->process;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setsid();
    int terminal = open(name, O_RDWR);
    ioctl(terminal, TIOCSCTTY, 0);
    dup2(terminal, STDIN_FILENO);
    dup2(terminal, STDOUT_FILENO);
    setenv("TERM", "xterm-256color", 1);
    return 0;
}

struct watched watched_start(const char *path, int columns, int rows)
{
    struct watched watched;

    if (fork_into_terminal(&watched, columns, rows) == 0)
        _exit(view(path, watched.figures));
    return watched;
}

struct watched watched_run(const char *const *arguments, int columns, int rows)
{
    struct watched watched;
    const char *viz = watched_built("bin/viz");

    if (fork_into_terminal(&watched, columns, rows) == 0) {
        execv(viz, (char **)arguments);
        _exit(127);
    }
    return watched;
}

static void count(struct watched *watched, size_t bytes)
{
    uint64_t now = watched_now();

    watched->frames += now - watched->last_byte_ns > silence_ns;
    watched->bytes += bytes;
    watched->last_byte_ns = now;
}

bool watched_look(struct watched *watched, uint64_t for_ns, const char *text)
{
    static char seen[1 << 16]; /* the end of what was written */
    size_t kept = 0;

    for (uint64_t end = watched_now() + for_ns, now; (now = watched_now()) < end;) {
        struct pollfd input = {.fd = watched->terminal, .events = POLLIN};
        if (poll(&input, 1, (int)((end - now) / 1000000) + 1) <= 0)
            continue;
        if (kept > sizeof seen / 2)
            kept = 0;
        ssize_t got = read(watched->terminal, seen + kept, sizeof seen - 1 - kept);
        if (got <= 0)
            measure_failed("the viewer has ended too early");
        count(watched, (size_t)got);
        kept += (size_t)got;
        seen[kept] = '\0';
        if (text != NULL && memmem(seen, kept, text, strlen(text)) != NULL)
            return true;
    }
    return false;
}

uint64_t watched_cpu_ns(const struct watched *watched)
{
    clockid_t clock;
    struct timespec time;

    if (clock_getcpuclockid(watched->process, &clock) != 0 ||
        clock_gettime(clock, &time) != 0)
        measure_failed("the viewer is gone");
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

void watched_end(struct watched *watched)
{
    int status;
    char rest[4096];

    if (write(watched->terminal, "q", 1) != 1)
        measure_failed("the viewer takes no key");
    while (read(watched->terminal, rest, sizeof rest) > 0)
        continue;
    waitpid(watched->process, &status, 0);
    close(watched->terminal);
    munmap(watched->figures, sizeof *watched->figures);
}
