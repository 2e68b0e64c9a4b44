# Part of build.sh: packages of Debian 12 for arm64, by an apt of its own that changes nothing on this machine.

# open_archive FOLDER: the lists of packages, fetched into the folder; apt is used with them from here on.
open_archive() {
  mkdir -p "$1/lists/partial" "$1/archives/partial"
  : >"$1/status"
  local signed='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=arm64]'
  local mirror=${BC26_HIL_DEBIAN:-http://deb.debian.org}
  cat >"$1/sources.list" <<END
deb $signed $mirror/debian bookworm main
deb $signed $mirror/debian bookworm-updates main
deb $signed $mirror/debian-security bookworm-security main
END
  cat >"$1/apt.conf" <<END
Dir::State "$1";
Dir::State::Lists "$1/lists";
Dir::State::Status "$1/status";
Dir::Cache "$1";
Dir::Etc::SourceList "$1/sources.list";
Dir::Etc::SourceParts "/dev/null";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "";
END
  export APT_CONFIG=$1/apt.conf
  apt-get update -q --error-on=any >&2 || {
    say "cannot read the package lists of $mirror; for another mirror set BC26_HIL_DEBIAN"
    return 1
  }
}

pins() { grep -v '^#' "$here/image/packages.txt"; }

# packages.txt with the versions that apt would take now.
print_pins() {
  local line name
  while read -r line; do
    name=${line%%=*}
    case $line in
      '#'*) echo "$line" ;;
      *) echo "$name=$(apt-cache policy "$name" | sed -n 's/^  Candidate: //p')" ;;
    esac
  done <"$here/image/packages.txt"
}

# unpack_packages DEBS ROOT: fetches the pinned packages and unpacks them; none of their scripts runs.
unpack_packages() {
  mkdir -p "$1" "$2"/usr/{bin,sbin,lib}
  # Debian 12 has its programs below /usr; packages still name both places.
  local folder deb
  for folder in bin sbin lib; do ln -s "usr/$folder" "$2/$folder"; done
  local names
  mapfile -t names < <(pins)
  (cd "$1" && apt-get download -q "${names[@]}") || {
    say 'a version in image/packages.txt is no longer in the archive: rigs/pi-lane/build.sh --pin prints the list with the versions of today'
    return 1
  }
  for deb in "$1"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --no-same-owner -C "$2"
  done
}
