import { existsSync } from 'node:fs';
import path from 'node:path';

import { filesOf } from '../files/run-folder.ts';
import { hashFile } from './hash-file.ts';
import { type Seal, sealedNames } from './seal.ts';
import { chainOf, linesPerLink } from './trace-chain.ts';

/** Files of which a process may write more lines after the seal: only what was sealed is compared. */
const growing = new Set(['log.jsonl', 'jest.log']);

/** Compares a run folder with its seal: one sentence for each difference, none where it is as it was. */
export function differencesFromSeal(dir: string, seal: Seal): string[] {
  const names = new Set(sealedNames(dir));
  const added = [...names].filter((name) => seal.files[name] === undefined);
  return [
    ...Object.entries(seal.files).flatMap(([name, sealed]) => differenceOf(dir, name, sealed)),
    ...added.map((name) => `${name} was added after the run`),
    ...traceDifferences(dir, seal),
  ];
}

function differenceOf(dir: string, name: string, sealed: Seal['files'][string]): string[] {
  const file = path.join(dir, name);
  // A name from a seal is not trusted to stay in the folder.
  if (path.relative(dir, file).startsWith('..')) return [`${name} is not a name of a file in the folder`];
  if (!existsSync(file)) return [`${name} is missing`];
  const { sha256, bytes } = hashFile(file, growing.has(name) ? sealed.bytes : Infinity);
  if (sha256 === sealed.sha256) return [];
  const size = bytes === sealed.bytes ? 'same size' : `${bytes} bytes, sealed were ${sealed.bytes}`;
  return [`${name} was changed after the run (${size})`];
}

/** Where the trace was changed: its file alone would only say that it was. */
function traceDifferences(dir: string, { trace }: Seal): string[] {
  const { trace: file } = filesOf(dir);
  if (!trace || !existsSync(file)) return [];
  const { lines, links } = chainOf(file);
  const at = trace.links.findIndex((link, index) => link !== links[index]);
  if (at < 0)
    return lines === trace.lines ? [] : [`trace.jsonl has ${lines} lines, sealed were ${trace.lines}`];
  const last = Math.min((at + 1) * linesPerLink, trace.lines);
  const counted = lines === trace.lines ? '' : `; it has ${lines} lines, sealed were ${trace.lines}`;
  return [`trace.jsonl: the first change is in lines ${at * linesPerLink + 1} to ${last}${counted}`];
}
