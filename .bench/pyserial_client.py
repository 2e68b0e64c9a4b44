"""`AT`, and its answer, by pyserial: DEVICE EXCHANGES. Prints as client.c does."""
import sys

import serial
from measure import measure

port = serial.Serial(sys.argv[1], 115200, timeout=5)


def exchange():
    port.write(b"AT\r")
    answer = port.read_until(b"OK\r\n")
    assert answer.endswith(b"OK\r\n"), answer


measure(int(sys.argv[2]), exchange)
