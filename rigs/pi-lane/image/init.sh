#!/bin/bash
# The first process of the machine. It finds the card and then runs the commands that come over the console, one a
# line: a number, then the command in base64. What a command prints goes to the console, then a line with its number
# and exit code.
export PATH=/usr/local/bin:/usr/bin:/usr/sbin HOME=/root LANG=C.UTF-8 BC26_HIL_STATE=/var/lib/bc26-hil
give_up() {
  echo "pi lane: $*"
  busybox poweroff -f
}
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/shm /dev/pts
mount -t tmpfs shm /dev/shm
mount -t devpts devpts /dev/pts
# Loopback, for the test platform.
busybox ip link set lo up
busybox hostname pi

while read -r module; do
  busybox insmod "/modules/$module" || give_up "cannot load $module"
done </modules/order
tries=0
until [ -b /dev/mmcblk0 ]; do
  ((++tries < 600)) || give_up 'no card after 60 s'
  sleep 0.1
done
mount -t ext4 /dev/mmcblk0 /card || give_up 'cannot mount the card'
# All that a Pi would find again after a loss of power: what the program keeps, run folders, and what it builds.
for folder in /var/lib/bc26-hil /root /opt/bc26-hil/node_modules/.cache; do
  mkdir -p "$folder" "/card$folder"
  mount --bind "/card$folder" "$folder"
done

cd /opt/bc26-hil || give_up 'no project'
# The clock says 1970: every source is from the future.
tar -xf /sources.tar --warning=no-timestamp && rm /sources.tar
# Messages of the kernel would stand among the answers; emergencies still come.
dmesg -n 1
exec <>/dev/ttyS1 >&0 2>&0
stty raw -echo
printf '\036ready\n'
while read -r number command; do
  # A session of its own, so that nothing but its end ends it.
  setsid -w bash -c "$(base64 -d <<<"$command")" </dev/null
  printf '\036%s %s\n' "$number" "$?"
done
