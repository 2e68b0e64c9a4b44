import { access, accessStates, clause, scenario } from '../harness/jest/suite.ts';
import { otherServer, server } from './samples.ts';

const smoke = { profile: 'smoke' } as const;

clause(
  ['CFG-TEST', 'CFG-TEST-TEXT'],
  'the test form describes the parameters in one line',
  async ({ module, observe }) => {
    const text = await module.access.test();
    expect(text).not.toBe('');
    observe('CFG-TEST-TEXT', text);
  },
  smoke,
);

clause(
  ['CFG-READ', 'CFG-READ-0', 'CFG-READ-1', 'CFG-READ-2'],
  'the read form answers three lines, for types 0, 1 and 2',
  async ({ module, observe }) => {
    const { mode, server, credentials } = await module.access.read();
    expect([0, 1]).toContain(mode.dmmode);
    expect(server.serverIP).toMatch(/^\d{1,3}(\.\d{1,3}){3}$/);
    expect(server.serverPort).toBeLessThanOrEqual(access.serverPort.max);
    expect(server.updatePeriod).toBeLessThanOrEqual(access.updatePeriod.max);
    expect(credentials.tmlType).toBeLessThanOrEqual(access.tmlType.max);
    expect(credentials.text).toMatch(/^[\x20-\x7e]*$/);
    for (const [type, { blanks }] of [mode, server, credentials].entries()) {
      observe(`CFG-READ.blanks-after-commas.${type}`, String(blanks));
    }
  },
  smoke,
);

clause(
  'CFG-READ-UNQUOTED',
  'the read form and the query form show values without quotes',
  async ({ module }) => {
    for (const exchange of [await module.access.send.read(), await module.access.send.query(2)]) {
      expect(exchange.information.join('\n')).not.toContain('"');
    }
  },
);

clause(
  ['CFG-STATE', 'CFG-STATE-SET'],
  'the state form answers one of the states of the note',
  async ({ module }) => {
    const { dmstate } = await module.access.state();
    expect([...accessStates.keys()]).toContain(dmstate);
  },
  smoke,
);

clause(
  'CFG-TYPE-MEMBERS',
  'types 0, 1, 2, 4, 5 and 6 exist',
  async ({ module }) => {
    await module.access.saveMode(0);
    await module.access.saveServer(server);
    await module.access.erase(2);
    await module.access.savedMode();
    await module.access.state();
  },
  smoke,
);

const saved = scenario({ reboot: 'soft', profile: 'smoke' }, async ({ module }) => {
  const { server: inUse } = await module.access.read();
  // A run that was cut, or this test run again, may have left one of them in use.
  const next = inUse.serverIP === server.serverIP ? otherServer : server;
  await module.access.saveMode(0);
  await module.access.saveServer(next);
  return { next, before: (await module.access.read()).server };
});

saved.clause(
  ['CFG-APPLY', 'CFG-READ-ACTIVE', 'CFG-PERSIST'],
  'a saved server is in use after a reboot, and not before',
  async ({ module, arranged }) => {
    expect(arranged.before).not.toMatchObject(arranged.next);
    expect((await module.access.read()).server).toMatchObject(arranged.next);
    expect(await module.access.savedServer()).toMatchObject(arranged.next);
  },
);
