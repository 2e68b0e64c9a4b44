import type { Boot } from '../../at/at-client.ts';
import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import type { RebootKind } from '../../bc26/reboot.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Fixtures } from '../host/fixtures.ts';
import { followHistory, type RecordHistory } from './record-history.ts';

const server = 'AT+QDMPCFG=1,192.0.2.7,5683,420';
const other = 'AT+QDMPCFG=1,192.0.2.8,5683,420';
/** A save that is not answered. */
const silencing = 'AT+QDMPCFG=1,192.0.2.9,5683,420';
const mac = 'AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"';

/** What a module holds at first: a server, and no MAC address. */
const found = {
  inUse: {},
  saved: {
    'QDMPCFG 1': { text: '1,203.0.113.9,5683,420', final: 'OK' },
    'QDMPCFGEX 1': { text: '1,NULL', final: 'OK' },
  },
} as unknown as Snapshot;

/** A module whose commands are followed, and what it is given; `refused`: answered ERROR, or reboots refused by the rig. */
function module(...refused: string[]) {
  const given: string[] = [];
  const history = followHistory(found);
  let onBoot: (boot: Boot) => void = () => undefined;
  history.listen({ onBoot: (listener) => ((onBoot = listener), () => undefined) });
  let now = 0n;
  const boot = (expected: boolean): void => onBoot({ at: ++now, expected });
  const at = (command: string) => {
    given.push(command);
    if (command === silencing) return Promise.reject(new HilError('AT_TIMEOUT', 'no answer'));
    const text = refused.includes(command) ? 'ERROR' : 'OK';
    return Promise.resolve({ command, final: { kind: text, text } } as unknown as Exchange);
  };
  const reboot = (kind: RebootKind) => {
    if (refused.includes(kind)) return Promise.reject(new HilError('STRANGER_AT_REBOOT', 'not rebooted'));
    given.push(kind);
    const startedAt = ++now;
    for (let count = 0; count < 2; count++) boot(true);
    history.rebooted({ kind, startedAt });
    return Promise.resolve();
  };
  const line = history.followedOn({ at, transmit: () => Promise.reject(new Error('not used')) });
  return { history, given, line, boot, fixtures: { module: line, board: { reboot } } as unknown as Fixtures };
}

/** Goes the way back; without one the test fails. */
async function goBack(history: RecordHistory, mark: number, fixtures: Fixtures): Promise<void> {
  const way = history.backTo(mark);
  if (!way || !('repeat' in way)) throw new HilError('USAGE', `no way back: ${way?.whyNot}`);
  await way.repeat(fixtures);
}

describe('the history of the records', () => {
  test('is the same again where only reads and refused saves followed', async () => {
    const { history, line } = module(other);
    await line.at(server);
    const mark = history.mark();
    for (const command of ['AT+QDMPCFG?', 'AT+QDMPCFG=4,1', other]) await line.at(command);
    expect(history.backTo(mark)).toBeUndefined();
  });

  test('is done again: what was saved, and the empty record that the module began with', async () => {
    const { history, line, given, fixtures } = module();
    await line.at(server);
    const mark = history.mark();
    for (const command of [other, mac]) await line.at(command);
    given.length = 0;
    await goBack(history, mark, fixtures);
    expect(given).toEqual(['AT+QDMPCFGEX=1,2', 'soft', server]);
  });

  test('is done again without a boot after which the module would contact strangers', async () => {
    const { history, line, given, fixtures } = module('soft');
    await line.at(server);
    const mark = history.mark();
    await line.at(other);
    given.length = 0;
    await goBack(history, mark, fixtures);
    expect(given).toEqual([server]);
  });

  test('cannot be repeated for a record that held something unknown, and says so', async () => {
    const { history, line } = module();
    const mark = history.mark();
    await line.at(server);
    expect(history.backTo(mark)).toEqual({ whyNot: 'what QDMPCFG 1 held then is not known' });
  });

  test('is not known of a record after a save that was not answered, until it is saved again', async () => {
    const { history, line } = module();
    await line.at(server);
    await expect(line.at(silencing)).rejects.toMatchObject({ code: 'AT_TIMEOUT' });
    const unknown = history.mark();
    await line.at(other);
    expect(history.backTo(unknown)).toEqual({ whyNot: 'what QDMPCFG 1 held then is not known' });
    const known = history.mark();
    await line.at(server);
    expect(history.backTo(known)).toHaveProperty('repeat');
  });

  test('is not known after a reboot of a record whose value in use is unknown', async () => {
    const { history, line, fixtures } = module();
    await line.at(server);
    const mark = history.mark();
    await fixtures.board.reboot('soft');
    expect(history.backTo(mark)).toEqual({
      whyNot: 'what QDMPCFG 1 held, and what was in use of it, is not known',
    });
  });

  test('has the boots that no test made, too', async () => {
    const { history, line, boot, given, fixtures } = module();
    await line.at(mac);
    boot(false);
    await line.at('AT+QDMPCFGEX=1,2');
    const mark = history.mark();
    await fixtures.board.reboot('reset-pin');
    given.length = 0;
    await goBack(history, mark, fixtures);
    expect(given).toEqual(['soft', mac, 'soft', 'AT+QDMPCFGEX=1,2']);
  });

  test('=5,4 counts for three records, and reboots are made again', async () => {
    const { history, line, given, fixtures } = module();
    const erased = 'AT+QDMPCFG=5,4';
    await line.at(erased);
    await line.at(server);
    await fixtures.board.reboot('reset-pin');
    await line.at(erased);
    const mark = history.mark();
    await fixtures.board.reboot('soft');
    given.length = 0;
    await goBack(history, mark, fixtures);
    expect(given).toEqual(['AT+QDMPCFGEX=1,2', 'soft', erased, server, 'reset-pin', erased]);
  });

  test('an erase that is refused now changes nothing; a save that is refused ends the attempt without a verdict', async () => {
    const again = async (refused: string, before: string) => {
      const first = module();
      await first.line.at(before);
      const mark = first.history.mark();
      await first.line.at(other);
      await goBack(first.history, mark, module(refused).fixtures);
    };
    await expect(again('AT+QDMPCFG=5,1', 'AT+QDMPCFG=5,1')).resolves.toBeUndefined();
    await expect(again(server, server)).rejects.toMatchObject({
      undecided: 'not-run',
      reason: expect.stringContaining(`${server} answered ERROR`) as string,
    });
  });

  test('a rig that fails meanwhile is no matter of the module', async () => {
    const { history, line, fixtures } = module();
    await line.at(server);
    const mark = history.mark();
    await line.at(other);
    const gone = {
      ...fixtures,
      module: { at: () => Promise.reject(new HilError('PORT_GONE', 'it hung up')) },
    };
    await expect(goBack(history, mark, gone as unknown as Fixtures)).rejects.toMatchObject({
      code: 'PORT_GONE',
    });
  });
});
