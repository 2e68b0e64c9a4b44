# Part of build.sh: what this machine needs, of Debian 12's packages.
missing=()

# want FILE PACKAGE: the package is missing if FILE is neither a command nor a file.
want() { command -v "$1" >/dev/null || [ -e "$1" ] || missing+=("$2"); }

want_to_run() {
  want flock util-linux
  want cpio cpio
  want qemu-system-aarch64 qemu-system-arm
  want qemu-img qemu-utils
}

want_to_build() {
  want mke2fs e2fsprogs
  want fdtput device-tree-compiler
  want aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
  want aarch64-linux-gnu-strip binutils-aarch64-linux-gnu
  want /usr/share/keyrings/debian-archive-keyring.gpg debian-archive-keyring
}

install_missing() {
  ((${#missing[@]})) || return 0
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo -n)
  say "installing ${missing[*]}"
  if ! "${sudo[@]}" apt-get update -q >&2 ||
    ! "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}" >&2; then
    say "these Debian packages are missing and could not be installed; run: sudo apt-get install ${missing[*]}"
    exit 1
  fi
}
