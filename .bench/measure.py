"""Runs an exchange so many times, and prints its round trips, ns, then CPU (us) and memory (kB) as client.c does."""
import resource
import time


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round((used.ru_utime + used.ru_stime) * 1e6)


def measure(exchanges, exchange):
    times = []
    before = cpu()
    for _ in range(exchanges):
        sent = time.monotonic_ns()
        exchange()
        times.append(time.monotonic_ns() - sent)
    used = cpu() - before
    print(*times, sep="\n")
    print("cpu", used)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
