#!/usr/bin/env bash
# Builds the lane's kernel, User-Mode Linux from Debian's kernel source, unless it is in the cache, and prints its
# path. Installs missing Debian packages as root or with sudo without a password.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=/usr/src/linux-source-6.1.tar.xz

say() { echo "kernel lane: $*" >&2; }

# want FILE PACKAGE: the package is missing if FILE is neither a command nor a file.
missing=()
want() { command -v "$1" >/dev/null || [ -e "$1" ] || missing+=("$2"); }

install_missing() {
  ((${#missing[@]})) || return 0
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo -n)
  say "installing ${missing[*]}"
  if ! "${sudo[@]}" apt-get update -q >&2 ||
    ! "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}" >&2; then
    say "these Debian 12 packages are missing and could not be installed; run: sudo apt-get install ${missing[*]}"
    exit 1
  fi
}

# The result depends on the configuration and this script alone; after a newer Debian revision of the same kernel the
# cached one is still good.
hash=$(cat "$here/kernel.config" "$here/build-kernel.sh" | sha256sum | cut -c1-12)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/bc26-hil/uml-6.1-$(uname -m)-$hash
kernel=$folder/linux

want gpioset gpiod
want flock util-linux
if [ ! -x "$kernel" ]; then
  want "$source" linux-source-6.1
  want gcc gcc
  want /usr/include/stdio.h libc6-dev
  for tool in make bc flex bison m4; do want "$tool" "$tool"; done
  want xz xz-utils
fi
install_missing

build() {
  local tree=$folder/build
  say "building $kernel (a few minutes, once; log in $folder/build.log)"
  rm -rf "$tree"
  mkdir -p "$tree"
  tar -xf "$source" -C "$tree" --strip-components=1
  # Room for the registers of a CPU with AMX: ptrace needs all 11008 bytes (host's xstateregs_set). 6.1 has 2696, and
  # panics on such a CPU with "ptrace set fp regs failed, errno = 14".
  sed -i 's/(HOST_FP_SIZE, 2696)/(HOST_FP_SIZE, 12288)/' "$tree/arch/x86/um/user-offsets.c"
  (
    cd "$tree"
    make ARCH=um defconfig
    ARCH=um scripts/kconfig/merge_config.sh -m .config "$here/kernel.config"
    make ARCH=um olddefconfig
    # An option with unmet dependencies is dropped silently.
    while read -r line; do
      grep -qxF "$line" .config || { [[ $line == '# CONFIG_'* ]] && ! grep -q "^${line:2:-11}=" .config; } ||
        { echo "not accepted: $line" && exit 1; }
    done < <(grep -E '^(# )?CONFIG_' "$here/kernel.config")
    nice -n 19 make ARCH=um -j"$(nproc)" linux
    strip linux
  ) >"$folder/build.log" 2>&1 || {
    tail -n 20 "$folder/build.log" >&2
    say "could not build the kernel; the whole log is in $folder/build.log"
    exit 1
  }
  mv "$tree/linux" "$kernel"
  rm -rf "$tree"
}

mkdir -p "$folder"
# Of two runs at the same time only one builds.
exec 9>"$folder/lock"
flock 9
[ -x "$kernel" ] || build
echo "$kernel"
