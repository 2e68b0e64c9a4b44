"""`AT`, and its answer, by labgrid's SerialDriver: DEVICE EXCHANGES. Prints as client.c does."""
import sys

from labgrid import Target
from labgrid.driver import SerialDriver
from labgrid.resource import RawSerialPort
from measure import measure

target = Target("bench")
RawSerialPort(target, "port", port=sys.argv[1], speed=115200)
driver = SerialDriver(target, "serial")
target.activate(driver)


def exchange():
    driver.write(b"AT\r")
    driver.expect(b"OK\r\n", timeout=5)


measure(int(sys.argv[2]), exchange)
