#!/bin/bash
# The first process of the lane's kernel: mounts the usual file systems, runs the command that run.sh wrote to $lane
# (the kernel passes NAME=value words of its command line to init), writes its exit code there and powers off.

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t configfs configfs /sys/kernel/config
mount -t tracefs tracefs /sys/kernel/tracing
# devtmpfs may be mounted already; the host's /dev has devices that this kernel lacks.
mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
ln -sfn /proc/self/fd /dev/fd

# Console 1 is the lane's output, unchanged: no CR is added. Through a pipe, so that programs do not treat it as a
# terminal.
stty -F /dev/tty1 -opost
exec 3> >(exec cat >/dev/tty1)
output=$!
bash "$lane/command" </dev/null >&3 2>&1 3>&-
echo $? >"$lane/exit"

# Processes that the command left running would keep the pipe open. Kernel threads ignore the signal.
exec 3>&-
for process in /proc/[0-9]*; do
  pid=${process#/proc/}
  [ "$pid" = $$ ] || [ "$pid" = "$output" ] || kill -KILL "$pid"
done 2>/dev/null
wait "$output"

sync
echo o >/proc/sysrq-trigger
# The kernel powers off a moment later; if init ended before, it would panic.
exec sleep infinity
