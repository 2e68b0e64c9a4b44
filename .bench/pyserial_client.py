"""`AT`, and its answer, by pyserial: DEVICE EXCHANGES. Prints as client.c does."""
import resource
import sys
import time

import serial

port = serial.Serial(sys.argv[1], 115200, timeout=5)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round((used.ru_utime + used.ru_stime) * 1e6)


times = []
before = cpu()
for _ in range(int(sys.argv[2])):
    sent = time.monotonic_ns()
    port.write(b"AT\r")
    answer = port.read_until(b"OK\r\n")
    times.append(time.monotonic_ns() - sent)
    assert answer.endswith(b"OK\r\n"), answer
used = cpu() - before
print(*times, sep="\n")
print("cpu", used)
print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
