import type { Exchange, TestModule } from '../../harness/jest/suite.ts';
import { readBack } from '../values/open-inputs.ts';
import { openTries } from './open-tries.ts';

/** A module with a saved server; `obeys` says whether a line is stored, `accepts` whether it is answered OK. */
function moduleWith(accepts: boolean, obeys: boolean): TestModule {
  let saved = '1,192.0.2.7,5683,420';
  const answered = (command: string, kind: 'OK' | 'ERROR', ...information: string[]): Exchange => {
    const exchange: Partial<Exchange> = {
      number: 1,
      trace: [1, 1],
      timing: { hi: 1 } as Exchange['timing'],
      command,
      information,
      raw: '',
      final: { kind, text: kind },
    };
    return exchange as Exchange;
  };
  const at = (command: string): Promise<Exchange> => {
    if (command === readBack.server.query)
      return Promise.resolve(answered(command, 'OK', `+QDMPCFG: ${saved}`));
    if (obeys) saved = command.slice('AT+QDMPCFG='.length);
    return Promise.resolve(answered(command, accepts ? 'OK' : 'ERROR'));
  };
  const module: Pick<TestModule, 'at'> = { at };
  return module as TestModule;
}

const command = 'AT+QDMPCFG=1,server.example,5700,300';

test('an accepted input is observed with what was read back', async () => {
  const tries = openTries(moduleWith(true, true));
  expect(await tries.try(command, readBack.server)).toBe('OK, read back: 1,server.example,5700,300');
  tries.expectAtomic();
});

test('a refused input that changes nothing is observed alone', async () => {
  const tries = openTries(moduleWith(false, false));
  expect(await tries.try(command, readBack.server)).toBe('ERROR');
  tries.expectAtomic();
});

test('a refused input that was stored all the same breaks ERR-ATOMIC', async () => {
  const tries = openTries(moduleWith(false, true));
  expect(await tries.try(command, readBack.server)).toBe('ERROR');
  expect(() => {
    tries.expectAtomic();
  }).toThrow(/server\.example/);
});
