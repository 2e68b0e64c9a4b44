import type { Exchange } from '../../at/exchange.ts';
import { HilError } from '../../base/error.ts';
import type { RebootKind } from '../../bc26/reboot.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Fixtures } from '../host/fixtures.ts';
import { followHistory } from './record-history.ts';

const server = 'AT+QDMPCFG=1,192.0.2.7,5683,420';
const other = 'AT+QDMPCFG=1,192.0.2.8,5683,420';
const mac = 'AT+QDMPCFGEX=1,0,"00-01-6C-06-A6-29"';

/** What a module holds at first: a server, and no MAC address. */
const found = {
  inUse: {},
  saved: {
    'QDMPCFG 1': { text: '1,203.0.113.9,5683,420', final: 'OK' },
    'QDMPCFGEX 1': { text: '1,NULL', final: 'OK' },
  },
} as unknown as Snapshot;

/** A module whose commands are followed, and what it is given; `refused` are answered ERROR. */
function module(...refused: string[]) {
  const given: string[] = [];
  const history = followHistory(found);
  const at = (command: string) => {
    given.push(command);
    const text = refused.includes(command) ? 'ERROR' : 'OK';
    return Promise.resolve({ command, final: { kind: text, text } } as unknown as Exchange);
  };
  const reboot = (kind: RebootKind) => {
    given.push(kind);
    history.rebooted(kind);
    return Promise.resolve();
  };
  const line = history.followedOn({ at, transmit: () => Promise.reject(new Error('not used')) });
  return { history, given, line, fixtures: { module: line, board: { reboot } } as unknown as Fixtures };
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
    await history.backTo(mark)?.(fixtures);
    expect(given).toEqual(['AT+QDMPCFGEX=1,2', server]);
  });

  test('a record that held something unknown is left as it is', async () => {
    const { history, line } = module();
    const mark = history.mark();
    await line.at(server);
    expect(history.backTo(mark)).toBeUndefined();
  });

  test('=5,4 counts for three records, and reboots are made again', async () => {
    const { history, line, given, fixtures } = module();
    await line.at(server);
    await fixtures.board.reboot('reset-pin');
    await line.at('AT+QDMPCFG=5,4');
    const mark = history.mark();
    await fixtures.board.reboot('soft');
    given.length = 0;
    await history.backTo(mark)?.(fixtures);
    expect(given).toEqual(['AT+QDMPCFGEX=1,2', server, 'reset-pin', 'AT+QDMPCFG=5,4']);
  });

  test('an erase that is refused now changes nothing; a save that is refused ends the attempt without a verdict', async () => {
    const again = async (refused: string, before: string) => {
      const first = module();
      await first.line.at(before);
      const mark = first.history.mark();
      await first.line.at(other);
      await first.history.backTo(mark)?.(module(refused).fixtures);
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
    await expect(history.backTo(mark)?.(gone as unknown as Fixtures)).rejects.toMatchObject({
      code: 'PORT_GONE',
    });
  });
});
