import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { parseRigFile } from '../../../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { Finding } from '../findings/finding.ts';
import { quickDoctor } from './quick-doctor.ts';
import { createSystem, type System } from './system.ts';

/** How a machine in a folder differs from a healthy Pi with an FTDI adapter. */
interface Machine {
  /** File contents by absolute path; a path that ends in a slash is an empty folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Link targets by absolute path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Units that systemd runs. */
  readonly active?: readonly string[];
  /** Files this user may not write to. */
  readonly denied?: readonly string[];
  readonly node?: string;
  readonly arch?: string;
  readonly now?: Date;
}

const usb = '/sys/devices/usb1/1-1/1-1.3';

const healthy: Required<Pick<Machine, 'files' | 'links'>> = {
  files: {
    '/proc/cmdline': 'console=tty1 root=PARTUUID=1 rootwait',
    '/proc/self/status':
      'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\nGroups:\t20 997 1000',
    '/proc/locks': '1: POSIX  ADVISORY  WRITE 400 00:15:3 0 EOF',
    '/etc/passwd': 'root:x:0:0::/root:/bin/sh\npi:x:1000:1000::/home/pi:/bin/sh',
    '/etc/group': 'dialout:x:20:pi\ngpio:x:997:pi\npi:x:1000:',
    '/dev/ttyUSB0': '',
    '/dev/ttyAMA0': '',
    [`${usb}/idVendor`]: '0403',
    [`${usb}/idProduct`]: '6001',
    [`${usb}/serial`]: 'A50285BI',
    [`${usb}/1-1.3:1.0/bInterfaceNumber`]: '00',
    [`${usb}/1-1.3:1.0/ttyUSB0/tty/ttyUSB0/dev`]: '188:0',
    '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '1',
    '/sys/class/tty/console/active': 'tty1',
    '/sys/class/gpio/export': '',
    '/sys/class/gpio/gpiochip571/label': 'pinctrl-rp1',
    '/sys/class/gpio/gpiochip571/base': '571',
    '/sys/class/gpio/gpiochip571/ngpio': '54',
    '/sys/class/gpio/gpiochip512/label': 'gpio-brcmstb@107d508500',
    '/sys/class/gpio/gpiochip512/base': '512',
    '/sys/class/gpio/gpiochip512/ngpio': '32',
    '/sys/module/pinctrl_rp1/parameters/persist_gpio_outputs': 'Y',
  },
  links: {
    '/sys/class/tty/ttyUSB0': `../../devices/usb1/1-1/1-1.3/1-1.3:1.0/ttyUSB0/tty/ttyUSB0`,
    [`${usb}/1-1.3:1.0/ttyUSB0/tty/ttyUSB0/device`]: '../../../ttyUSB0',
    '/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0': '../../ttyUSB0',
    '/dev/serial0': 'ttyAMA0',
  },
};

/** Machines laid out in folders, for as long as a test file runs. */
export function machines(): { make(machine?: Machine): System; end(): void } {
  const roots: string[] = [];
  return {
    make(machine = {}) {
      const root = mkdtempSync(path.join(tmpdir(), 'bc26-hil-machine-'));
      roots.push(root);
      return layOut(root, machine);
    },
    end: () => roots.forEach((root) => rmSync(root, { recursive: true, force: true })),
  };
}

function layOut(root: string, { files, links, active = [], denied = [], node, arch, now }: Machine): System {
  const place = (file: string): string => {
    const placed = path.join(root, file);
    mkdirSync(file.endsWith('/') ? placed : path.dirname(placed), { recursive: true });
    return placed;
  };
  for (const [file, text] of Object.entries({ ...healthy.files, ...files })) {
    const placed = place(file);
    if (!file.endsWith('/')) writeFileSync(placed, text);
  }
  for (const [link, target] of Object.entries({ ...healthy.links, ...links })) {
    const placed = place(link);
    rmSync(placed, { force: true });
    symlinkSync(target, placed);
  }
  for (const unit of active) writeFileSync(place(`/run/units/${unit}`), '');
  const systemctl = place('/systemctl');
  writeFileSync(
    systemctl,
    `#!/bin/sh\n[ -e "${root}/run/units/$2" ] && echo active && exit 0\necho inactive\nexit 3\n`,
  );
  chmodSync(systemctl, 0o755);
  const refused = new Set(denied.map((file) => path.join(root, file)));
  return createSystem({
    root,
    systemctl,
    access(file) {
      if (refused.has(file)) throw new Error('EACCES');
    },
    node: node ?? '24.11.0',
    arch: arch ?? 'arm64',
    ...(now && { now: () => now }),
  });
}

const rigText = (device: string, control: string): string => `name: bench
serial: { path: ${device} }
control: ${control}
module: { imei: '863703030822519', firmware: BC26NBR01A07 }`;

const adapter = '/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0';

/** A rig file on the machine's adapter, or on another device. */
export const rigOn = (device = adapter): RigFile =>
  parseRigFile('/etc/bench.yaml', rigText(device, "{ driver: command, on: ['true'], off: ['true'] }"), {});

/** A rig file with GPIO lines of the machine: the power key and more `lines`. */
export const gpioRig = (driver: 'onoff' | 'gpioset', lines = ''): RigFile =>
  parseRigFile(
    '/etc/bench.yaml',
    rigText(adapter, `{ driver: ${driver}, powerKey: { bcm: 17, active: high }${lines} }`),
    {},
  );

/** The warnings and the broken findings. */
export const complaints = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === 'warning' || severity === 'broken');

/** Runs the checks and returns the only complaint; fails where there are more or none. */
export async function onlyComplaint(...[rig, system]: Parameters<typeof quickDoctor>) {
  const found = complaints(await quickDoctor(rig, system));
  expect(found).toHaveLength(1);
  expect(found[0]?.mend).not.toBe('');
  return found[0];
}
