import { broken, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';

/** package.json, `engines`. */
const oldest = [20, 19] as const;
/** From this version on, serialport's native poller no longer drains microtasks (node-serialport#3148). */
const poller = [26, 4] as const;

type Version = readonly [major: number, minor: number];

const before = ([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean =>
  major < otherMajor || (major === otherMajor && minor < otherMinor);

/** Node may be too old for this program, or new enough to break serialport 13 (PI.md §0.1). */
export const nodeVersion: Check = ({ node }) => {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const version: Version = [major, minor];
  if (before(version, oldest)) {
    return [broken('node', `Node ${node} is older than ${oldest.join('.')}`, 'install Node 24 (LTS)')];
  }
  if (before(version, poller)) return [ok('node', `Node ${node}`)];
  const what =
    `Node ${node}: from ${poller.join('.')} on, serialport 13 by itself delivers data late or never. ` +
    'This program works around that; other programs with serialport may not. Node 24 (LTS) is not affected';
  return [note('node', what)];
};
