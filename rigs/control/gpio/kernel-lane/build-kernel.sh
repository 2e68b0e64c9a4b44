#!/usr/bin/env bash
# Builds the lane's kernel, User-Mode Linux from Debian's kernel source, unless the cache holds it, and prints
# its path. Installs the Debian packages that are missing when it may (root, or sudo without a password).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=/usr/src/linux-source-6.1.tar.xz

say() { echo "kernel lane: $*" >&2; }

# want FILE PACKAGE: the package is missing when the file is neither there nor a command.
missing=()
want() { command -v "$1" >/dev/null || [ -e "$1" ] || missing+=("$2"); }

install_missing() {
  ((${#missing[@]})) || return 0
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo -n)
  say "installs ${missing[*]}"
  if ! "${sudo[@]}" apt-get update -q >&2 ||
    ! "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}" >&2; then
    say "needs Debian 12 packages it could not install: sudo apt-get install ${missing[*]}"
    exit 1
  fi
}

# The configuration and the steps below are all that the result depends on; a newer Debian revision of the
# same kernel does not make the cached one wrong.
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
  say "builds $kernel (a few minutes, once; log in $folder/build.log)"
  rm -rf "$tree"
  mkdir -p "$tree"
  tar -xf "$source" -C "$tree" --strip-components=1
  # Room for what ptrace hands over of a CPU with AMX, 11008 bytes in all or none (host's xstateregs_set): 6.1 has
  # 2696, and panics there with "ptrace set fp regs failed, errno = 14".
  sed -i 's/(HOST_FP_SIZE, 2696)/(HOST_FP_SIZE, 12288)/' "$tree/arch/x86/um/user-offsets.c"
  (
    cd "$tree"
    make ARCH=um defconfig
    ARCH=um scripts/kconfig/merge_config.sh -m .config "$here/kernel.config"
    make ARCH=um olddefconfig
    # An option whose dependencies fail is dropped without a word.
    while read -r line; do
      grep -qxF "$line" .config || { [[ $line == '# CONFIG_'* ]] && ! grep -q "^${line:2:-11}=" .config; } ||
        { echo "not accepted: $line" && exit 1; }
    done < <(grep -E '^(# )?CONFIG_' "$here/kernel.config")
    nice -n 19 make ARCH=um -j"$(nproc)" linux
    strip linux
  ) >"$folder/build.log" 2>&1 || {
    tail -n 20 "$folder/build.log" >&2
    say "could not build the kernel; the whole log is $folder/build.log"
    exit 1
  }
  mv "$tree/linux" "$kernel"
  rm -rf "$tree"
}

mkdir -p "$folder"
# Two runs at once build once.
exec 9>"$folder/lock"
flock 9
[ -x "$kernel" ] || build
echo "$kernel"
