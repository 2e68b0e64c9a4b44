#!/bin/busybox sh
# The first process of the machine: finds the card, puts the project's sources on it and goes on there.
busybox=/bin/busybox
$busybox mount -t proc proc /proc
$busybox mount -t sysfs sys /sys
$busybox mount -t devtmpfs dev /dev
for module in $($busybox cat /modules/order); do
  $busybox insmod "/modules/$module" || echo "pi lane: cannot load $module"
done
tries=0
until [ -b /dev/mmcblk0 ]; do
  tries=$((tries + 1))
  [ $tries -lt 600 ] || { echo 'pi lane: no card after 60 s' && $busybox poweroff -f; }
  $busybox sleep 0.1
done
$busybox mount -t ext4 /dev/mmcblk0 /card || { echo 'pi lane: cannot mount the card' && $busybox poweroff -f; }

# Once a card: a boot after a loss of power finds all as it was left.
if [ ! -e /card/opt/bc26-hil/package.json ]; then
  $busybox tar -xf /sources.tar -C /card/opt/bc26-hil
fi
for folder in proc sys dev; do $busybox mount -o move /$folder /card/$folder; done
exec $busybox switch_root /card /sbin/agent
