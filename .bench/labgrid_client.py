"""`AT`, and its answer, by labgrid's SerialDriver: DEVICE EXCHANGES. Prints as client.c does."""
import resource
import sys
import time

from labgrid import Target
from labgrid.driver import SerialDriver
from labgrid.resource import RawSerialPort

target = Target("bench")
RawSerialPort(target, "port", port=sys.argv[1], speed=115200)
driver = SerialDriver(target, "serial")
target.activate(driver)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round((used.ru_utime + used.ru_stime) * 1e6)


times = []
before = cpu()
for _ in range(int(sys.argv[2])):
    sent = time.monotonic_ns()
    driver.write(b"AT\r")
    driver.expect(b"OK\r\n", timeout=5)
    times.append(time.monotonic_ns() - sent)
used = cpu() - before
print(*times, sep="\n")
print("cpu", used)
print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
