/* The floor of the benchmark: `AT`, and its answer, by write and read alone.
 * client DEVICE EXCHANGES: prints one round trip a line, ns, then "cpu" and "memory" (of the process: us, kB). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static long long cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

int main(int count, char **given) {
  if (count != 3) return 2;
  int fd = open(given[1], O_RDWR | O_NOCTTY);
  int exchanges = atoi(given[2]);
  if (fd < 0) fail(given[1]);
  struct termios raw;
  if (tcgetattr(fd, &raw) < 0) fail("tcgetattr");
  cfmakeraw(&raw);
  cfsetspeed(&raw, B115200);
  if (tcsetattr(fd, TCSANOW, &raw) < 0) fail("tcsetattr");
  long long *ns = calloc(exchanges, sizeof *ns);
  long long before = cpu();
  for (int n = 0; n < exchanges; n++) {
    char answer[64];
    size_t length = 0;
    long long sent = now();
    if (write(fd, "AT\r", 3) != 3) fail("write");
    while (length < 6 || memcmp(answer + length - 4, "OK\r\n", 4) != 0) {
      ssize_t got = read(fd, answer + length, sizeof answer - length);
      if (got <= 0) fail("read");
      length += got;
    }
    ns[n] = now() - sent;
  }
  long long used = cpu() - before;
  struct rusage all;
  getrusage(RUSAGE_SELF, &all);
  for (int n = 0; n < exchanges; n++) printf("%lld\n", ns[n]);
  printf("cpu %lld\nmemory %ld\n", used, all.ru_maxrss);
}
