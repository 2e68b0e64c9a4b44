import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

import type { GpiodVersion } from './gpiod-commands.ts';
import type { Level } from './line.ts';

/**
 * One of libgpiod's tools as a shell script. It accepts the options of its version only, and works on files: LINE-held
 * (the pid that holds the line), LINE-pull, and log (one line for each call and each driven level).
 */
const script = (version: GpiodVersion, state: string): string => `#!/bin/sh
state=${state}
me=\${0##*/}
say() { printf '%s %s\\n' "$(date +%s%N)" "$*" >> $state/log; }
give_up() { echo "$me: $*" >&2; exit 1; }
[ "$1" = --version ] && { echo "$me (libgpiod) v${version === 1 ? '1.6.3' : '2.2.1'}"; exit; }
case $me in gpioset) say "args $*" ;; esac

# After the options of this version come: chip, line, level.
chip=
${
  version === 1
    ? `case $me in
gpioset) [ "$1" = --mode=signal ] || give_up "invalid args: $*"; shift ;;
esac
case $1 in -*) give_up "unrecognized option '$1'" ;; esac
chip=$1; [ $# -gt 0 ] && shift`
    : `banner=
while [ $# -gt 0 ]; do case $1 in
--banner) banner=1; shift ;;
--consumer) shift 2 ;;
--numeric) shift ;;
--chip) chip=$2; shift 2 ;;
-*) give_up "unrecognized option '$1'" ;;
*) break ;;
esac; done`
}
line=\${1%%=*}
level=\${1#*=}
case $me in
gpiodetect)
  echo 'gpiochip0 [gpio-brcmstb@107d517c00] (17 lines)'
  echo 'gpiochip15 [pinctrl-rp1] (54 lines)'
  ${version === 1 ? `echo 'gpiochip15 [pinctrl-rp1] (54 lines)' # /dev/gpiochip4 leads to it: version 1 follows links` : ''}
  exit ;;
esac
[ "$chip" = gpiochip15 ] || give_up "cannot find GPIO chip character device '$chip'"
taken() { read -r pid 2>/dev/null < "$state/$1-held" && kill -0 "$pid" 2>/dev/null; }
case $me in
gpioget)
  taken "$line" && give_up 'error reading GPIO values: Device or resource busy'
  cat "$state/$line-pull" ;;
gpioinfo)
${
  version === 1
    ? `  echo "$chip - 54 lines:"
  for n in 4 17 22; do
    if taken $n; then printf '\\tline %3d: "GPIO%d" "gpioset" output active-high [used]\\n' $n $n
    else printf '\\tline %3d: "GPIO%d" unused input active-high \\n' $n $n; fi
  done ;;`
    : `  if taken "$line"; then printf '%s %s\\t"GPIO%s"\\toutput consumer="other"\\n' "$chip" "$line" "$line"
  else printf '%s %s\\t"GPIO%s"\\tinput\\n' "$chip" "$line" "$line"; fi ;;`
}
gpioset)
  taken "$line" && give_up 'error setting the GPIO line values: Device or resource busy'
  echo $$ > "$state/$line-held"
  say "driven $line $level"
  exec 9> "$state/anon_inode:gpio-linehandle" # what a process that holds a line has among its files
  [ -p "$state/$line-life" ] && exec 8> "$state/$line-life" # its end is the pipe's
  ${version === 2 ? '[ -n "$banner" ] && echo "Setting line \'$line\'..."' : ''}
  exec sleep 3600 ;;
esac
`;

/** Fake tools of libgpiod, first on PATH. */
export interface FakeGpiod {
  /** The path of one of the programs. */
  program(name: string): string;
  /** The arguments of each gpioset, oldest first. */
  args(): string[];
  /** The levels a line was driven to, with real-time ns. */
  driven(line: number): { level: Level; at: bigint }[];
  /** The process that holds a line. */
  holder(line: number): number;
  /** To be called before the line is taken: resolves when its first holder has ended, even as a zombie. */
  ended(line: number): Promise<void>;
  pull(line: number, level: Level): void;
  end(): void;
}

export function fakeGpiod(version: GpiodVersion): FakeGpiod {
  const state = mkdtempSync(path.join(tmpdir(), 'fake-gpiod-'));
  const bin = path.join(state, 'bin');
  mkdirSync(bin);
  for (const name of ['gpioset', 'gpioget', 'gpioinfo', 'gpiodetect']) {
    writeFileSync(path.join(bin, name), script(version, state));
    chmodSync(path.join(bin, name), 0o755);
  }
  writeFileSync(path.join(state, 'log'), '');
  const before = process.env['PATH'];
  process.env['PATH'] = `${bin}:${before}`;

  const log = (kind: string): { at: bigint; rest: string }[] =>
    [...readFileSync(path.join(state, 'log'), 'utf8').matchAll(/^([0-9]+) (\S+) (.*)$/gm)]
      .filter(([, , found]) => found === kind)
      .map(([, at = '', , rest = '']) => ({ at: BigInt(at), rest }));
  return {
    program: (name) => path.join(bin, name),
    args: () => log('args').map(({ rest }) => rest),
    driven: (line) =>
      log('driven')
        .map(({ at, rest }) => ({ at, args: rest.split(' ') }))
        .filter(({ args }) => args[0] === `${line}`)
        .map(({ at, args }) => ({ at, level: args[1] === '1' ? 'high' : 'low' })),
    holder: (line) => Number(readFileSync(path.join(state, `${line}-held`), 'utf8')),
    async ended(line) {
      const pipe = path.join(state, `${line}-life`);
      execFileSync('mkfifo', [pipe]);
      // Opens together with the holder's end of the pipe, and ends when that is closed.
      await execa('cat', [pipe]);
    },
    pull: (line, level) => writeFileSync(path.join(state, `${line}-pull`), level === 'high' ? '1\n' : '0\n'),
    end() {
      process.env['PATH'] = before;
      rmSync(state, { recursive: true });
    },
  };
}
