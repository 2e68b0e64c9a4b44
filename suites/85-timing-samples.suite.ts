import { clause, expect, type Fixtures } from '../harness/jest/suite.ts';
import { throughReadBack } from './records/record-clauses.ts';
import { extendedSamples, otherExtendedSamples, otherServer, server } from './values/samples.ts';

/**
 * Sends the commands that the release profile still needs for its statement about answer times, after all other suites
 * (90-run judges CFG-TIME and EX-TIME). Saves alternate between two values, because a module may skip a save of the
 * value it has (BC26.md §7), and each is read back and judged.
 */
const release = { profile: 'release', deadlineMs: 300_000 } as const;

/** The number of answers still needed; at least one, so that each test judges something. */
const wanted = ({ run }: Fixtures, command: string, kind: 'read' | 'write'): number =>
  Math.max(1, run.timing(command).find((said) => said.kind === kind)?.missing ?? 0);

clause(
  ['CFG-SAVE-1', 'CFG-QUERY-1'],
  'saves two servers in turn, as often as a statement about times needs',
  async (all) => {
    const { access } = all.module;
    for (let left = wanted(all, 'AT+QDMPCFG', 'write'); left > 0; left--) {
      const next = left % 2 === 0 ? server : otherServer;
      await access.saveServer(next);
      expect(await access.savedServer(), 'QDMPCFG 1 saved').toMatchObject(next);
    }
  },
  release,
);

clause(
  'CFG-QUERY-1',
  'reports the saved server alike, as often as a statement about times needs',
  async (all) => {
    const { access } = all.module;
    await access.saveServer(server);
    const { text } = await access.savedServer();
    for (let left = wanted(all, 'AT+QDMPCFG', 'read'); left > 0; left--) {
      expect((await access.savedServer()).text, 'QDMPCFG 1 saved').toEqual(text);
    }
  },
  release,
);

clause(
  ['EX-SAVE-1', 'EX-READ-1'],
  'saves two addresses in turn, as often as a statement about times needs',
  async (all) => {
    const { extended } = all.module;
    for (let left = wanted(all, 'AT+QDMPCFGEX', 'write'); left > 0; left--) {
      const next = left % 2 === 0 ? extendedSamples[1] : otherExtendedSamples[1];
      await extended.save(1, next);
      expect((await extended.read(1)).values, 'QDMPCFGEX 1 saved').toEqual(next);
    }
  },
  { ...release, ...throughReadBack },
);

clause(
  'EX-READ-1',
  'reads the saved address alike, as often as a statement about times needs',
  async (all) => {
    const { extended } = all.module;
    await extended.save(1, extendedSamples[1]);
    const { text } = await extended.read(1);
    for (let left = wanted(all, 'AT+QDMPCFGEX', 'read'); left > 0; left--) {
      expect((await extended.read(1)).text, 'QDMPCFGEX 1 saved').toEqual(text);
    }
  },
  { ...release, ...throughReadBack },
);
