#!/usr/bin/env bash
# run.sh COMMAND [ARGUMENT…]: runs the command on a kernel with simulated GPIO chips (User-Mode Linux), on this
# machine's own files, in this folder. Its exit code is the command's; 124 when $LANE_DEADLINE_S (600) has passed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deadline=${LANE_DEADLINE_S:-600}

kernel=$("$here/build-kernel.sh")
lane=$(mktemp -d "${TMPDIR:-/tmp}/bc26-hil-lane.XXXXXX")
guest=
finish() {
  # `timeout` passes the signal to the kernel, which ends with all its processes.
  [ -z "$guest" ] || { kill "$guest" && wait "$guest"; } 2>/dev/null || :
  rm -rf "$lane"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# In the guest every process is root, and files of the host belong to other users. Programs that check the owner of
# their caches and temporary files keep them in the guest's memory.
{
  printf 'export PATH=%q HOME=/dev/shm TMPDIR=/dev/shm\n' "$PATH"
  printf 'cd %q || exit\n' "$PWD"
  printf 'exec'
  printf ' %q' "$@"
  printf '\n'
} >"$lane/command"

# The guest's memory is a file: in /dev/shm, the default of User-Mode Linux, unless that is too small, as in many
# containers.
memory_mb=768
memory=$lane
free_mb=$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1) || free_mb=0
if ((free_mb > memory_mb + 64)); then memory=/dev/shm; fi

# Console 1 is the command's output. Console 0, the kernel's own without its messages at power-off, goes to stderr.
exec {messages}> >(exec sed -u -e 's/\r$//' -e '/^sysrq: Power Off$/d' -e '/^reboot: Power down$/d' >&2)
filter=$!

# The kernel ends with this script, even if that is killed.
TMPDIR=$memory setpriv --pdeathsig TERM timeout --kill-after=5 "$deadline" \
  "$kernel" mem=${memory_mb}M uml_dir="$lane/" umid=lane quiet con=null con0=null,fd:2 con1=null,fd:1 \
  root=none rootfstype=hostfs rootflags=/ rw init="$here/init.sh" lane="$lane" \
  </dev/null 2>&"$messages" {messages}>&- &
guest=$!
code=0
wait "$guest" || code=$?
guest=
exec {messages}>&-
wait "$filter"

if [ -s "$lane/exit" ]; then exit "$(cat "$lane/exit")"; fi
if [ "$code" = 124 ]; then echo "kernel lane: no end within $deadline s (LANE_DEADLINE_S); killed" >&2 && exit 124; fi
echo "kernel lane: the kernel ended ($code) before the command did" >&2
exit 1
