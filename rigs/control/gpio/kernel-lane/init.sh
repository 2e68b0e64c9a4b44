#!/bin/bash
# The first process of the lane's kernel: mounts what a Linux system has, runs the command that run.sh left in
# $lane (the kernel hands NAME=value words of its command line to init), leaves the exit code there and
# switches the machine off.

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t configfs configfs /sys/kernel/config
mount -t tracefs tracefs /sys/kernel/tracing
# devtmpfs may be there already; the host's /dev holds devices that this kernel does not have.
mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
ln -sfn /proc/self/fd /dev/fd

# Console 1 is the lane's output, as it is: no CR is added. Through a pipe, since programs shall not take it for a
# terminal they may draw on.
stty -F /dev/tty1 -opost
exec 3> >(exec cat >/dev/tty1)
output=$!
bash "$lane/command" </dev/null >&3 2>&1 3>&-
echo $? >"$lane/exit"

# What the command left running would hold the pipe open. Kernel threads do not mind.
exec 3>&-
for process in /proc/[0-9]*; do
  pid=${process#/proc/}
  [ "$pid" = $$ ] || [ "$pid" = "$output" ] || kill -KILL "$pid"
done 2>/dev/null
wait "$output"

sync
echo o >/proc/sysrq-trigger
# The kernel goes down a moment later, and would call an init that ended before a panic.
exec sleep infinity
