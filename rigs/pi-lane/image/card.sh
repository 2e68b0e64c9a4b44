# Part of build.sh: kernel, device tree, root file system and card from the unpacked packages.

# What the card needs to be seen: its controller's driver and its file system, with what these stand on, in this order.
modules=(crc16 crc32c_generic libcrc32c mbcache jbd2 ext4 sdhci sdhci-pltfm sdhci-iproc)

# take_kernel ROOT OUT WORK: kernel and device tree; the modules stay below ROOT.
take_kernel() {
  local version module file
  version=$(basename "$1"/usr/lib/modules/*)
  mv "$1/boot/vmlinuz-$version" "$2/kernel"
  # As `dtoverlay=disable-bt` does: without its Bluetooth chip the PL011 is a serial port, /dev/ttyAMA0.
  cp "$1/usr/lib/linux-image-$version/broadcom/bcm2837-rpi-3-b.dtb" "$3/pi.dtb"
  fdtput -r "$3/pi.dtb" /soc/serial@7e201000/bluetooth
  # The card at the other of the Pi's two controllers, where QEMU has it at its start: on a busy machine, where the
  # card answers late, the driver of the first (bcm2835) follows a null pointer after its time-out, and the kernel dies.
  fdtput -t s "$3/pi.dtb" /soc/mmc@7e202000 status disabled
  fdtput -r "$3/pi.dtb" /soc/mmc@7e300000/wifi@1
  fdtput -d "$3/pi.dtb" /soc/mmc@7e300000 mmc-pwrseq
  mv "$3/pi.dtb" "$2/pi.dtb"

  mkdir -p "$1/modules"
  for module in "${modules[@]}"; do
    file=$(find "$1/usr/lib/modules/$version/kernel" -name "$module.ko" | head -n 1)
    [ -n "$file" ] || { say "the kernel has no module $module" && return 1; }
    cp "$file" "$1/modules/"
    echo "$module.ko" >>"$1/modules/order"
  done
  rm -rf "${1:?}"/usr/lib/modules "$1"/usr/lib/linux-image-* "$1"/boot
}

# add_node WORK ROOT
add_node() {
  mkdir -p "$1/node" "$2/usr/local/bin"
  (cd "$1/node" && npm pack --silent "$node" && tar -xf ./*.tgz) || {
    say "cannot get $node from npm"
    return 1
  }
  aarch64-linux-gnu-strip -o "$2/usr/local/bin/node" "$1/node/package/bin/node"
}

# add_project WORK ROOT: the project's own dependencies as `npm ci --omit=dev` has them on a Pi, and onoff's epoll, which
# has no prebuilt binary.
add_project() {
  local home=$2/opt/bc26-hil epoll
  mkdir -p "$home"
  cp "$project"/package{,-lock}.json "$home/"
  (cd "$home" && npm ci --cpu=arm64 --os=linux --libc=glibc --omit=dev --ignore-scripts --no-audit --no-fund)
  epoll=$home/node_modules/epoll
  mkdir -p "$epoll/build/Release"
  aarch64-linux-gnu-g++ -std=c++20 -shared -fPIC -O2 -DNODE_GYP_MODULE_NAME=epoll -DBUILDING_NODE_EXTENSION \
    -I"$1/node/package/include/node" -I"$home/node_modules/nan" "$epoll/src/epoll.cc" \
    -o "$epoll/build/Release/epoll.node"
  # The sources come at each run, and package.json is one of them.
  rm "$home/package.json" "$home/package-lock.json"
  find "$home/node_modules" -name '*.map' -delete
}

# write_memory ROOT FILE: the root file system, which the machine has in its memory. On a card it would be read byte by
# byte, since the emulated controller has no DMA that this kernel uses.
write_memory() {
  mkdir -p "$1"/{proc,sys,dev,run,tmp,root,card,var/lib}
  install -m 755 "$here/image/init.sh" "$1/init"
  rm -rf "$1"/usr/share/{doc,man,locale,info}
  (cd "$1" && find . | cpio -o -H newc --quiet) >"$2"
}

# write_card FILE: an empty ext4 file system without partitions; the emulated card wants a power of two as its size.
write_card() { mke2fs -q -t ext4 -E root_owner=0:0 "$1" 512M; }
