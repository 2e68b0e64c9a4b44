/* The module of the benchmark: a pseudo terminal that answers each line at once with OK, in C, so that what is measured
 * is the other side. Prints the device's path, then serves until its standard input ends. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

int main(void) {
  static const char answer[] = "\r\nOK\r\n";
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) fail("pty");
  /* Held open, so that the pair outlives each client; raw, so that the kernel neither echoes nor edits. */
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  if (slave < 0) fail("slave");
  struct termios raw;
  if (tcgetattr(slave, &raw) < 0) fail("tcgetattr");
  cfmakeraw(&raw);
  if (tcsetattr(slave, TCSANOW, &raw) < 0) fail("tcsetattr");
  printf("%s\n", ptsname(master));
  fflush(stdout);
  struct pollfd wait[2] = {{.fd = master, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;) {
    if (poll(wait, 2, -1) < 0) fail("poll");
    char bytes[4096];
    if (wait[1].revents && read(0, bytes, sizeof bytes) <= 0) return 0;
    if (!(wait[0].revents & POLLIN)) continue;
    ssize_t got = read(master, bytes, sizeof bytes);
    if (got <= 0) fail("read");
    for (ssize_t at = 0; at < got; at++)
      if (bytes[at] == '\r' && write(master, answer, sizeof answer - 1) < 0) fail("write");
  }
}
