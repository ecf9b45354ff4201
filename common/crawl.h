/*
 * crawl.h - the slow network of the lessons that crawl links.
 *
 * Nothing is fetched: a crawl is a nap. How long it takes and which number it brings
 * depend on the link and the run's seed alone, so that lessons can be compared: the
 * same links with the same seed nap the same time in each of them.
 */
#ifndef CRAWL_H
#define CRAWL_H

/* The links that are crawled where no others are given; NULL after the last. The first
   three are the documents' own. */
enum { CRAWL_LINKS = 10 };
extern const char *const crawl_links[CRAWL_LINKS + 1];

/* How long the link takes, in milliseconds: delay, or where that is LESSON_BY_LINK, a
   time of its own: 2.0, 1.2 and 1.6 s for the first three, 0.8 to 2.0 s for others. */
int crawl_time(const char *link, int delay);

/* The number that crawling it brings, from 0 to 1; it stands for the page. */
double crawl_number(const char *link);

#endif
