#!/bin/sh
# Runs a command with an empty /sys/class/gpio of its own, in the mount namespace it is started in:
#   unshare -m enter.sh COMMAND…        unshare -Urm enter.sh COMMAND…
# Everything else is the machine's. The root folder is a tmpfs that belongs to root of the namespace: swc keeps its
# native code only in folders that belong to its user, which for an ordinary user is not the machine's root.
set -eu

# A mount point that every machine has and that is not needed in here.
root=/sys/class
mount -t tmpfs tmpfs "$root"
for entry in /*; do
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root$entry"
  elif [ -d "$entry" ]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
mount -t tmpfs tmpfs "$root/sys/class"
mkdir "$root/sys/class/gpio" "$root/.swc" "$root/.tmp"

# The default caches are named after the user id, which differs in here.
export SWC_NATIVE_BINDING_CACHE=/.swc TMPDIR=/.tmp
exec chroot "$root" sh -c 'cd "$1" && shift && exec "$@"' sh "$PWD" "$@"
