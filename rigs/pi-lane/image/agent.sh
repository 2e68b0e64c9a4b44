#!/bin/bash
# The first process on the card. It runs the commands that come over the console, one a line: a number, then the
# command in base64. What a command prints goes to the console, then a line with its number and exit code.
export PATH=/usr/local/bin:/usr/bin:/usr/sbin HOME=/root LANG=C.UTF-8 BC26_HIL_STATE=/var/lib/bc26-hil
mkdir -p /dev/shm /dev/pts
mount -t tmpfs shm /dev/shm
mount -t devpts devpts /dev/pts
busybox hostname pi
# Loopback, for the test platform.
busybox ip link set lo up
# Messages of the kernel would stand among the answers; emergencies still come.
dmesg -n 1
cd /opt/bc26-hil || exit
exec <>/dev/ttyS1 >&0 2>&0
stty raw -echo
printf '\036ready\n'
while read -r number command; do
  # A session of its own, so that nothing but its end ends it.
  setsid -w bash -c "$(base64 -d <<<"$command")" </dev/null
  printf '\036%s %s\n' "$number" "$?"
done
