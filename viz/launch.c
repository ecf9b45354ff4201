/* launch.c - a lesson's program as a child process of the viewer; see launch.h. */
#include "launch.h"
#include "memory.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { GRACE_MS = 200, FIRST_SIGNAL = 128, CANNOT_START = 127 };

/* --- starting */

/* Everything that the child needs; made before the fork. */
struct plan {
    const char *program;
    char **arguments, **environment;
    int input, output, error;
    int report; /* where the child writes why it could not start */
    pid_t parent;
};

/* The same descriptor, but clear of 0, 1 and 2, which the viewer may have had closed.
 */
static int clear_of_standard(int descriptor)
{
    if (descriptor < 0 || descriptor > STDERR_FILENO)
        return descriptor;
    int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(descriptor);
    return higher;
}

/* A new file without a name, which is gone once nobody has it open. */
static int open_nameless(void)
{
    const char *folder = getenv("TMPDIR");
    char name[4096];

    if (folder == NULL || folder[0] == '\0')
        folder = "/tmp";
    int descriptor =
        open(folder, O_TMPFILE | O_RDWR | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
        snprintf(name, sizeof name, "%s/viz-XXXXXX", folder);
        descriptor = mkostemp(name, O_APPEND | O_CLOEXEC);
        if (descriptor >= 0)
            unlink(name);
    }
    return clear_of_standard(descriptor);
}

static char **new_arguments(const char *program, char *const *rest)
{
    size_t count = 0;

    while (rest != NULL && rest[count] != NULL)
        count++;
    char **arguments = need(calloc(count + 2, sizeof *arguments));
    arguments[0] = (char *)(uintptr_t)program;
    for (size_t i = 0; i < count; i++)
        arguments[i + 1] = rest[i];
    return arguments;
}

/* The viewer's environment with *variable, "VIZ_TRACE=…", in place of its own. */
static char **new_environment(const char *trace, char **variable)
{
    size_t count = 0, kept = 0;

    *variable = NULL;
    if (trace != NULL && asprintf(variable, "VIZ_TRACE=%s", trace) < 0)
        need(NULL);
    while (environ[count] != NULL)
        count++;
    char **environment = need(calloc(count + 2, sizeof *environment));
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "VIZ_TRACE=", 10) != 0)
            environment[kept++] = environ[i];
    environment[kept] = *variable;
    return environment;
}

/* The child, with all signals blocked. Only what is safe after a fork. */
static _Noreturn void become(const struct plan *plan)
{
    sigset_t none;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != plan->parent)
        _exit(CANNOT_START); /* the viewer died before we could ask */
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(plan->input, STDIN_FILENO) >= 0 &&
        dup2(plan->output, STDOUT_FILENO) >= 0 && dup2(plan->error, STDERR_FILENO) >= 0)
        execve(plan->program, plan->arguments, plan->environment);
    int reason = errno;
    if (write(plan->report, &reason, sizeof reason) < 0)
        _exit(CANNOT_START);
    _exit(CANNOT_START);
}

/* Forks with the viewer's signals kept away from the child; -1 sets errno. */
static pid_t fork_child(const struct plan *plan)
{
    sigset_t all, before;
    struct sigaction action;

    /* Who started the viewer may have made it ignore its children: then the kernel
       would throw their status away. */
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
        signal(SIGCHLD, SIG_DFL);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0)
        become(plan);
    int reason = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (child > 0)
        setpgid(child, child); /* both do it: who comes first does not matter */
    errno = reason;
    return child;
}

/* Starts the child and waits until it runs the program; errno tells why it does not. */
static pid_t start_child(struct plan *plan)
{
    int ends[2], reason = 0;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    int incoming = clear_of_standard(ends[0]);
    plan->report = clear_of_standard(ends[1]);
    pid_t child = fork_child(plan);
    if (child < 0)
        reason = errno;
    close(plan->report);
    ssize_t got = 0; /* nothing comes once the program is loaded */
    while (child > 0 && (got = read(incoming, &reason, sizeof reason)) < 0 &&
           errno == EINTR)
        continue;
    close(incoming);
    if (child > 0 && got > 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
        child = -1;
    }
    errno = reason;
    return child;
}

bool launch_start(struct launch *launch, const char *program, char *const *arguments,
                  const char *trace, char *why, size_t size)
{
    struct plan plan = {.program = program, .parent = getpid(), .report = -1};
    char *variable;

    *launch = (struct launch){
        .pid = -1, .output = open_nameless(), .error = open_nameless(), .ended = true};
    plan.input = clear_of_standard(open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (launch->output < 0 || launch->error < 0 || plan.input < 0) {
        snprintf(why, size, "no file for the program's output can be made: %s",
                 strerror(errno));
    } else {
        plan.output = launch->output;
        plan.error = launch->error;
        plan.arguments = new_arguments(program, arguments);
        plan.environment = new_environment(trace, &variable);
        launch->pid = start_child(&plan);
        if (launch->pid < 0)
            snprintf(why, size, "%s cannot be started: %s", program, strerror(errno));
        free(plan.arguments);
        free(plan.environment);
        free(variable);
    }
    if (plan.input >= 0)
        close(plan.input);
    launch->ended = launch->pid < 0;
    if (launch->ended)
        launch_close(launch);
    return !launch->ended;
}

/* --- ending */

bool launch_poll(struct launch *launch)
{
    if (!launch->ended)
        launch->ended = waitpid(launch->pid, &launch->status, WNOHANG) != 0;
    return launch->ended;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until the child has ended, for so long at most, and leaves it to be reaped. A
   kernel before 5.3 cannot say when that is: then there is no grace. */
static void wait_for_end(pid_t child, int64_t limit_ms)
{
    int64_t end = now_ms() + limit_ms, left;
    struct pollfd handle = {.fd = (int)syscall(SYS_pidfd_open, child, 0),
                            .events = POLLIN};

    if (handle.fd < 0)
        return;
    while ((left = end - now_ms()) > 0 && poll(&handle, 1, (int)left) < 0 &&
           errno == EINTR)
        continue;
    close(handle.fd);
}

void launch_kill(struct launch *launch)
{
    if (launch_poll(launch))
        return;
    kill(-launch->pid, SIGTERM);
    wait_for_end(launch->pid, GRACE_MS);
    /* the group keeps its number until its first process is reaped */
    kill(-launch->pid, SIGKILL);
    while (waitpid(launch->pid, &launch->status, 0) < 0 && errno == EINTR)
        continue;
    launch->ended = true;
}

void launch_close(struct launch *launch)
{
    launch_kill(launch);
    if (launch->output >= 0)
        close(launch->output);
    if (launch->error >= 0)
        close(launch->error);
    launch->output = launch->error = -1;
}

/* --- what it printed, and how it ended */

static char *read_end(int descriptor, size_t *length)
{
    struct stat status;
    off_t start = 0;
    size_t used = 0;
    ssize_t got;
    char *text = need(malloc(LAUNCH_TEXT_SIZE + 1));

    if (fstat(descriptor, &status) == 0 && status.st_size > LAUNCH_TEXT_SIZE)
        start = status.st_size - LAUNCH_TEXT_SIZE;
    while (used < LAUNCH_TEXT_SIZE &&
           (got = pread(descriptor, text + used, LAUNCH_TEXT_SIZE - used,
                        start + (off_t)used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    if (length != NULL)
        *length = used;
    return text;
}

char *launch_stdout_text(const struct launch *launch, size_t *length)
{
    return read_end(launch->output, length);
}

char *launch_stderr_text(const struct launch *launch, size_t *length)
{
    return read_end(launch->error, length);
}

int launch_exit_status(int wait_status)
{
    return WIFSIGNALED(wait_status) ? FIRST_SIGNAL + WTERMSIG(wait_status)
                                    : WEXITSTATUS(wait_status);
}
