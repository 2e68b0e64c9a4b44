import type { CommandLayer } from '../../board/command-layer.fixture.ts';
import { mac, server, type Steps, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './timing.ts';

const PLANNED_MS = 10;
const COMMANDS = 40;
const testForm = 'AT+QDMPCFG=?';
const readForm = 'AT+QDMPCFG?';
const query = 'AT+QDMPCFG=4,1';
const extendedRead = 'AT+QDMPCFGEX=1,1';

/** The two commands, in several forms. */
const both = [testForm, readForm, query, server, extendedRead, mac];
const ofBoth = (found: readonly number[]) => Object.fromEntries(both.map((command) => [command, found]));

/** The latency of each command after 1 to 40 others of the same boot, ms. */
const latencies: Steps = (layer) => {
  const all = new Map(['AT', 'ATI', ...both].map((command) => [command, [] as number[]]));
  for (let sent = 1; sent <= COMMANDS; sent += 1) {
    layer.send('AT');
    for (const [command, found] of all) found.push(layer.latencyMs(command));
  }
  return Object.fromEntries(all);
};

const lateAt = (which: (sent: number) => boolean): number[] =>
  Array.from({ length: COMMANDS }, (_, index) => (which(index + 1) ? 310 : PLANNED_MS));
const always = lateAt(() => true);
const atTimes = lateAt((sent) => sent % 20 === 0);

/** How many of 70 commands are answered, and the answer after each kind of boot. */
const silencesOf =
  (command: string): Steps =>
  (layer) => {
    const answered = Array.from({ length: 70 }, () => layer.send(command)).filter(
      (lines) => lines.at(-1) === 'OK',
    ).length;
    const after = (boot: Parameters<CommandLayer['reboot']>[0]): readonly string[] => {
      layer.reboot(boot);
      return layer.send(command);
    };
    return { answered, soft: after('soft'), reset: after('reset'), supply: after('power-key') };
  };

testFaults(faults, [
  ['answers-late', latencies, ofBoth(always)],
  ['answers-late-at-times', latencies, ofBoth(atTimes)],
  ['saves-late', latencies, { [server]: always }],
  ['ex-reads-late', latencies, { [extendedRead]: always }],
  ['wedges', silencesOf('AT'), { answered: 60 }],
  ['wedges-past-reset', silencesOf('AT'), { answered: 60, soft: ['none'], reset: ['none'] }],
  ['commands-hang', silencesOf(readForm), { answered: 60 }],
  ['wedges-for-ever', silencesOf('AT'), { answered: 60, soft: ['none'], reset: ['none'], supply: ['none'] }],
]);
