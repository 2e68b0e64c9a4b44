import { broken, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';

/** package.json, `engines`. */
const oldest = [20, 19] as const;
/** From here on serialport's native poller no longer drains microtasks (node-serialport#3148). */
const poller = [26, 4] as const;

type Version = readonly [major: number, minor: number];

const before = ([major, minor]: Version, [otherMajor, otherMinor]: Version): boolean =>
  major < otherMajor || (major === otherMajor && minor < otherMinor);

/** Node's version: too old for this program, or new enough to break serialport 13 (PI.md §0.1). */
export const nodeVersion: Check = ({ node }) => {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const version: Version = [major, minor];
  if (before(version, oldest)) {
    return [broken('node', `Node ${node} is older than ${oldest.join('.')}`, 'install Node 24 (LTS)')];
  }
  if (before(version, poller)) return [ok('node', `Node ${node}`)];
  const what =
    `Node ${node}: serialport 13 by itself delivers data late or never from ${poller.join('.')} on; ` +
    'this program mends that as it opens the port, other programs with serialport do not. Node 24 (LTS) has no such need';
  return [note('node', what)];
};
