/* crawl.c - the slow network of the lessons that crawl links; see crawl.h. */
#include "crawl.h"
#include "chance.h"

#include <string.h>

const char *const crawl_links[CRAWL_LINKS + 1] = {
    "https://python.org",           "https://docs.python.org",
    "https://peps.python.org",      "https://pypi.org",
    "https://wiki.python.org",      "https://devguide.python.org",
    "https://packaging.python.org", "https://bugs.python.org",
    "https://mail.python.org",      "https://planet.python.org",
};

int crawl_time(const char *link, int delay)
{
    static const int known[] = {2000, 1200, 1600};

    if (delay >= 0)
        return delay;
    for (int i = 0; i < 3; i++)
        if (strcmp(link, crawl_links[i]) == 0)
            return known[i];
    return 800 + (int)(chance_of(link, 0) % 1201);
}

double crawl_number(const char *link)
{
    return (double)(chance_of(link, 1) >> 11) / (double)(UINT64_C(1) << 53);
}
