/**
 * A program that replaces the kernel's sysfs GPIO on a tmpfs: exports lines, takes directions and values, and reports
 * every level that a line is driven to to its parent (by IPC).
 *
 *   node fake-sysfs.fixture.mjs FOLDER '[{"label":"pinctrl-rp1","base":571,"lines":54}, …]'
 *
 * From the parent: {pull: number, level: 0|1}. To the parent: {ready: true}, {exported: [numbers]}, and
 * {number, level, from, to}: the write came no earlier than `from`, the file's time, which is that of the kernel's
 * last tick, and no later than `to`, when this program read it; real-time ns as text.
 * It cannot refuse (EBUSY, EINVAL) or raise edges: files of a tmpfs do neither.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const [root, chips] = [process.argv[2], JSON.parse(process.argv[3])];

/** Pulls from outside, and exported lines, by number. */
const pulls = new Map();
const lines = new Map();

const file = (folder, name, text) => fs.writeFileSync(path.join(folder, name), text);
const tell = (message) => process.send?.(message);
const tellExported = () => tell({ exported: [...lines.keys()] });

function makeChips() {
  for (const { label, base, lines: count } of chips) {
    const folder = path.join(root, `gpiochip${base}`);
    fs.mkdirSync(folder);
    file(folder, 'label', `${label}\n`);
    file(folder, 'base', `${base}\n`);
    file(folder, 'ngpio', `${count}\n`);
  }
}

const exists = (number) => chips.some(({ base, lines: count }) => number >= base && number < base + count);

/** Appears with all its files at once, as a line of the kernel's does. */
function exportLine(number) {
  if (!exists(number) || lines.has(number)) return;
  const folder = path.join(root, `.gpio${number}`);
  fs.mkdirSync(folder);
  file(folder, 'direction', 'in\n');
  file(folder, 'value', `${pulls.get(number) ?? 0}\n`);
  file(folder, 'edge', 'none\n');
  file(folder, 'active_low', '0\n');
  const shown = path.join(root, `gpio${number}`);
  const line = { number, folder: shown, output: false, level: undefined, watch: undefined };
  line.watch = fs.watch(folder, (_event, name) => changed(line, name));
  lines.set(number, line);
  fs.renameSync(folder, shown);
  tellExported();
}

function unexportLine(number) {
  const line = lines.get(number);
  if (!line) return;
  // Reports a level that was driven just before.
  valued(line);
  line.watch.close();
  lines.delete(number);
  fs.rmSync(line.folder, { recursive: true });
  tellExported();
}

function changed(line, name) {
  if (!lines.has(line.number)) return;
  if (name === 'direction') directed(line);
  if (name === 'value') valued(line);
}

/** 'high' and 'low' make an output of that level in one step; 'out' one that is low. It reads as 'out'. */
function directed(line) {
  const text = fs.readFileSync(path.join(line.folder, 'direction'), 'latin1');
  const level = { high: 1, low: 0, out: 0 }[text];
  if (level !== undefined) {
    line.output = true;
    const from = changedAt(line, 'direction');
    file(line.folder, 'value', `${level}\n`);
    driven(line, level, from);
    file(line.folder, 'direction', 'out\n');
  } else if (text.trim() === 'in' && line.output) {
    line.output = false;
    line.level = undefined;
  }
}

function valued(line) {
  if (!line.output) return;
  const text = fs.readFileSync(path.join(line.folder, 'value'), 'latin1');
  if (text !== '') driven(line, text.startsWith('1') ? 1 : 0, changedAt(line, 'value'));
}

const changedAt = ({ folder }, name) => fs.statSync(path.join(folder, name), { bigint: true }).mtimeNs;

function driven(line, level, from) {
  if (line.level === level) return;
  line.level = level;
  const to = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
  tell({ number: line.number, level, from: String(from), to: String(to) });
}

function pull({ pull: number, level }) {
  pulls.set(number, level);
  const line = lines.get(number);
  if (line && !line.output) file(line.folder, 'value', `${level}\n`);
}

/**
 * A FIFO, since a file would lose one of two quick writes. Writes to `unexport` may arrive joined ("529534"); they can
 * be separated, since no exported number is the beginning of another. Each export is waited for, so never joined.
 */
function listen(name, hear) {
  const fifo = path.join(root, name);
  execFileSync('mkfifo', [fifo]);
  const descriptor = fs.openSync(fifo, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  const input = new net.Socket({ fd: descriptor, readable: true, writable: false });
  input.setEncoding('latin1');
  input.on('data', hear);
}

function unexportAll(text) {
  for (let rest = text; rest !== '';) {
    const number = [...lines.keys()].find((known) => rest.startsWith(`${known}`));
    if (number === undefined) return;
    unexportLine(number);
    rest = rest.slice(`${number}`.length);
  }
}

makeChips();
listen('export', (text) => exportLine(Number(text)));
listen('unexport', unexportAll);
process.on('message', pull);
process.on('disconnect', () => process.exit());
tell({ ready: true });
