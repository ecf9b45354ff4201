/*
 * findings_table.c - every kind of finding: its name, how bad it is, its sentence, and
 * why it matters; see findings.h.
 *
 * In a sentence: %t the thread, %w the other thread, %o the object, %q its name in
 * quotes, %a the first step, %b the second, %n the count, %m what it is a part of, %s
 * an s unless the count is 1, %d the duration, %x the text, %l and %k the source lines
 * of the first and second step.
 */
#include "findings_watch.h"

struct finding_info {
    const char *name;
    enum finding_severity severity;
    const char *sentence;
    const char *why;
};

static const struct finding_info table[FINDINGS] = {
    [FINDING_NOT_REPORTED] = {"task not reported", FINDING_ERROR,
                              "%t took '%x' from %o and never reported it done",
                              "join returns only when every task was reported by "
                              "task_done: look for the way "
                              "through the code that leaves it out."},
    [FINDING_STALE_LOOK] =
        {"look out of date", FINDING_WARNING, "%t looked at %o, and acted on it later",
         "What was seen may have changed before the next call: looking and acting must "
         "be one call, or be done under one lock."},
    [FINDING_NO_SECOND_LOOK] =
        {"no second look", FINDING_WARNING,
         "%t was woken on %o and went on without looking again%l",
         "Being woken is a hint, no promise: another thread may have been quicker. "
         "Wait "
         "in a loop: while, not if."},
    [FINDING_NEVER_NOTIFIED] =
        {"never notified", FINDING_WARNING,
         "nobody ever notified %o, which left %n thread%s waiting",
         "Who changes what others wait for must notify the "
         "condition, or they sleep for "
         "ever."},
    [FINDING_WOKEN_IN_VAIN] =
        {"woken in vain", FINDING_WARNING,
         "%n time%s a thread was woken on %o, found nothing to do and waited again; "
         "%t at step %a",
         "A notify wakes one thread. If that one cannot use the news, who could use it "
         "sleeps on: give each reason to wait its own condition, or notify all."},
    [FINDING_POLLING] =
        {"only polling", FINDING_WARNING,
         "since step %a nothing has changed: threads only ask again and again",
         "Threads that ask again and again look alive, and nothing moves (a livelock): "
         "look at what they ask for, and who should bring it."},
    [FINDING_LOST_UPDATE] =
        {"lost update", FINDING_ERROR,
         "%t wrote %o from what it had read at step %a; %w had changed it at step %b",
         "Reading, changing and writing are three steps: without one lock around them, "
         "what another thread wrote in between is lost."},
    [FINDING_DATA_RACE] =
        {"data race", FINDING_ERROR,
         "%w and %t use %o at steps %a and %b, and nothing orders the two",
         "No lock, join, queue or event says which of the two comes first; in another "
         "run it is the other way round, and in C such a program means nothing."},
    [FINDING_UNREAD_RESULT] =
        {"result not read", FINDING_ERROR, "%o failed (%x), and nobody asked for it",
         "A failure waits in its future until somebody asks for the result; if nobody "
         "does, nobody hears of it."},
    [FINDING_UNDELIVERED] =
        {"not delivered", FINDING_ERROR,
         "%t could not send on %o: nobody has its other end open",
         "A message needs a receiver: look who closed the other end, or never had it."},
    [FINDING_OWN_COPY] =
        {"changed a copy", FINDING_WARNING,
         "%t changed its own copy of %o; %w does not see that",
         "A forked process has a copy of all memory: what it changes there, no other "
         "process sees. Send it: by a pipe, a queue, or a manager."},
    [FINDING_KILLED] = {"process killed", FINDING_ERROR, "process %o %x",
                        "What it was at, it has not finished: who waits for it, and "
                        "what did it hold?"},
    [FINDING_ITEMS_LEFT] =
        {"items left", FINDING_WARNING, "%n item%s left in %o at the end",
         "What is put is meant for somebody: look who should have taken it, and why "
         "that did not happen."},
    [FINDING_TORN_LINE] = {"torn line", FINDING_WARNING,
                           "%t prints into a line that %w had begun: %x",
                           "A line that is written in pieces can be cut by others: "
                           "write whole lines, let "
                           "one thread print, or hold a lock over all pieces."},
    [FINDING_OVERTAKEN] =
        {"overtaken", FINDING_WARNING,
         "%t prints for itself, and overtakes what stands in %o for %w to print",
         "Where one thread prints for all, who prints past it breaks the order: what "
         "was "
         "said first may come last."},
    [FINDING_ONE_AT_A_TIME] =
        {"one at a time", FINDING_REMARK,
         "%t started %n threads, and waited for each to end before it started the next",
         "Threads that are never there together win no time: start all of them, and "
         "join afterwards."},
    [FINDING_MISUSE] =
        {"misuse", FINDING_ERROR, "%x",
         "The program broke a rule of what it calls, so the run was ended there."},
    [FINDING_DEADLOCK] =
        {"deadlock", FINDING_ERROR, "nobody can go on: %x",
         "Nobody who could go on brings what they wait for: follow who waits for whom "
         "(b), and ask which wait should not be there."},
    [FINDING_WRONG_OUTCOME] =
        {"wrong result", FINDING_ERROR, "the program says that it went wrong: %x",
         "The program checks its own result; the other findings may say where it went "
         "wrong."},
    [FINDING_LOCK_HELD_SLEEPING] =
        {"lock held asleep", FINDING_REMARK,
         "%t sleeps and holds %q; %w has to wait for it",
         "Who sleeps with a lock makes all others wait for as long: do slow things "
         "before taking it, or after giving it back."},
    [FINDING_ALWAYS_FULL] =
        {"always full", FINDING_REMARK,
         "%o was nearly always full: %n of %m puts had to wait",
         "Who takes is slower than who puts. Where that matters, more takers help; a "
         "larger queue does not."},
    [FINDING_ALWAYS_EMPTY] = {"always empty", FINDING_REMARK,
                              "%o was nearly always empty: %n of %m gets had to wait",
                              "Who puts is slower than who takes: there are more "
                              "takers than there is work."},
    [FINDING_IDLE_WAKEUPS] = {"idle wake-ups", FINDING_REMARK,
                              "%t asked for %o %n time%s within %d, in vain",
                              "A wait with a time limit in a loop asks again and "
                              "again; a wait that is ended "
                              "by the news costs nothing meanwhile."},
    [FINDING_WAITED] =
        {"mostly waiting", FINDING_REMARK, "%t waited for %n %% of its life (%o)",
         "What it waits for is the bottleneck, or there are more threads than work."},
};

const char *finding_name(enum finding_kind kind)
{
    return (unsigned)kind < FINDINGS ? table[kind].name : "";
}

const char *finding_why(enum finding_kind kind)
{
    return (unsigned)kind < FINDINGS ? table[kind].why : "";
}

const char *finding_template(enum finding_kind kind)
{
    return (unsigned)kind < FINDINGS ? table[kind].sentence : "";
}

enum finding_severity finding_severity(enum finding_kind kind)
{
    return (unsigned)kind < FINDINGS ? table[kind].severity : FINDING_REMARK;
}

const char *finding_severity_name(enum finding_severity severity)
{
    static const char *const names[FINDING_SEVERITIES] = {"error", "warning", "remark"};

    return (unsigned)severity < FINDING_SEVERITIES ? names[severity] : "";
}
