import { readdirSync } from 'node:fs';

import { openCommandLayer } from '../board/command-layer.fixture.ts';
import type { Fault } from './fault.ts';
import { answersTo } from './fault-expectations.fixture.ts';
import { faults } from './registry.ts';

test('ids are in kebab case, no two alike, each with one line', () => {
  const ids = faults.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(faults.filter(({ id }) => !/^[a-z\d]+(-[a-z\d]+)*$/.test(id))).toEqual([]);
  expect(faults.filter(({ describe: line }) => line === '' || line.includes('\n'))).toEqual([]);
});

const kinds = readdirSync(new URL('kinds/', import.meta.url)).filter((file) => /^[a-z-]+\.ts$/.test(file));

test.each(kinds)('the faults of %s are found', async (file) => {
  const own = (await import(`./kinds/${file}`)) as { faults: readonly Fault[] };
  expect(own.faults.length).toBeGreaterThan(0);
  expect(faults).toEqual(expect.arrayContaining([...own.faults]));
});

test.each(faults.map((fault) => [fault.id, fault] as const))(
  '%s leaves AT, identity and bring-up as they are',
  (_, fault) => {
    const bringUp = answersTo('AT', 'ATI', 'AT+CMEE=1', 'AT+QSCLK=0', 'AT+CGSN=1', 'AT+CMEE?');
    expect(bringUp(openCommandLayer([fault]))).toEqual(bringUp(openCommandLayer()));
  },
);

test('of two faults at once the newest is called first, and the other still shows', () => {
  const both = faults
    .filter(({ id }) => id === 'query-server-wrong' || id === 'prefix-wrong')
    .sort((a, b) => b.id.localeCompare(a.id));
  expect(openCommandLayer(both).send('AT+QDMPCFG=4,1')).toEqual(['+DMPCFG: 1,117.161.2.41,5684,86400', 'OK']);
});
