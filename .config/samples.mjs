/**
 * Samples of output in the documents. Each is a block of text below a comment that names the command which printed it:
 *
 *     <!-- output of: node harness/cli/bin.mjs rigs -->
 *     <!-- output of: npm run qualify -- --seed 7; from: Took; to: Exit code -->
 *     <!-- output of: node .config/proved.mjs; exact: the figures count -->
 *
 * `npm run docs` runs the commands and writes what they print; a test holds the documents against it.
 */
import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

const block = /(<!-- output of: (.+?) -->\n+)```text\n([\s\S]*?)\n?```/g;

/** The tracked documents that hold samples, by their repository paths. */
export async function documents() {
  const { stdout } = await execa('git', ['grep', '-l', '^<!-- output of: ', '--', '*.md'], { cwd: root });
  return stdout.split('\n');
}

/**
 * The samples of a document.
 * @param {string} text @returns {{ command: string, from?: string, to?: string, exact?: string, shown: string }[]}
 */
export function samplesIn(text) {
  return [...text.matchAll(block)].map(([, , what, shown]) => ({ ...parsed(what), shown }));
}

function parsed(what) {
  const [command, ...parts] = what.split('; ');
  const bounds = Object.fromEntries(parts.map((part) => part.split(/: (.*)/s).slice(0, 2)));
  return { command, ...bounds };
}

/** What each command printed, so that one that stands in several samples is run once. */
const printed = new Map();

/**
 * Runs the command of a sample in the repository; a run's folder is a temporary one.
 * @param {{ command: string, from?: string, to?: string }} sample
 * @returns {Promise<string>} the lines from the first that begins with `from` to the next that begins with `to`
 */
export async function output({ command, from, to }) {
  if (!printed.has(command)) printed.set(command, run(command));
  const lines = await printed.get(command);
  const first = from === undefined ? 0 : lines.findIndex((line) => line.trimStart().startsWith(from));
  const last =
    to === undefined
      ? -1
      : lines.findIndex((line, index) => index >= first && line.trimStart().startsWith(to));
  if (first < 0 || (to !== undefined && last < 0))
    throw new RangeError(`${command}: no lines from ${from} to ${to}`);
  return lines.slice(first, last < 0 ? undefined : last + 1).join('\n');
}

async function run(command) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sample-'));
  const [program, ...words] = command.split(' ');
  const isRun = words.includes('qualify') && !words.includes('--help');
  const args = isRun
    ? [
        ...words,
        ...(program === 'npm' && !words.includes('--') ? ['--'] : []),
        '--out',
        path.join(folder, 'run'),
      ]
    : words;
  try {
    const { all } = await execa(program, program === 'npm' ? ['--silent', ...args] : args, {
      cwd: root,
      all: true,
      reject: false,
      env: { BC26_HIL_STATE: path.join(folder, 'state'), COLUMNS: '110' },
    });
    const shown = all.replaceAll(path.join(folder, 'run'), 'reports/runs/2026-11-30T02-17-00Z-emulated');
    return shown.split('\n').map((line) => line.trimEnd());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a busy machine changes: the lines on answer times, what of them could not be decided, and what was therefore not run. */
const ofTiming = /^( {2}(AT|inconclusive |90-run\.suite)|Exit code | {9}\d+ not-run: (?!not part of ))/;

/** The results of a suite file. Which tests pass and which say nothing may depend on time; that none fails may not. */
const ofSuite = /^( {2}[\w-]+\.suite\.ts {2})(?!.*\b(?:fail|flaky|rig-error)\b).+$/;

/**
 * A sample without what differs from run to run: times, sizes, counts of polls, and what depends on how busy the machine
 * is. How many clauses and tests there are stays.
 * @param {string} text
 */
export function constant(text) {
  return text
    .replace(/^Undecided\n(?:.+\n)+\n/m, '')
    .split('\n')
    .filter((line) => !ofTiming.test(line))
    .map((line) => line.replace(ofSuite, '$1none failed'))
    .map((line) => /^(?:clauses|tests) +\d+:/.exec(line)?.[0] ?? withoutNumbers(line))
    .join('\n');
}

/** What of a text is compared: all where the sample says `exact`. @param {{ exact?: string }} sample @param {string} text */
export const compared = ({ exact }, text) => (exact === undefined ? constant(text) : text);

const withoutNumbers = (line) =>
  /^\s+\d+ not-run/.test(line) ? line : line.replaceAll(/[0-9a-f]{12}|\d+(?:[.,:T–-]\d+)*Z?/g, '#');

/** Writes what the commands print now into a document. @param {string} file repository path */
export async function refresh(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const fresh = await replaced(text);
  if (fresh === text) return false;
  writeFileSync(path.join(root, file), fresh);
  return true;
}

/** The document with the samples as they are printed now. What differs in nothing but times keeps the old ones. */
async function replaced(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(block)) {
    const [whole, head, what, shown] = match;
    const sample = parsed(what);
    const now = await output(sample);
    parts.push(
      text.slice(end, match.index),
      compared(sample, now) === compared(sample, shown) ? whole : `${head}\`\`\`text\n${now}\n\`\`\``,
    );
    end = match.index + whole.length;
  }
  return parts.join('') + text.slice(end);
}

if (process.argv[1] === import.meta.filename) {
  for (const file of await documents()) {
    console.log(`${file}: ${(await refresh(file)) ? 'written' : 'as it was'}`);
  }
}
