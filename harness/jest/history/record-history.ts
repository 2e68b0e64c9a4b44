import type { AtClient, Boot } from '../../at/at-client.ts';
import { HilError, isHilError } from '../../base/error.ts';
import type { Rebooted } from '../../bc26/reboot.ts';
import { mayBeUnsaved } from '../../cmdmp/blank.ts';
import { describeCommand } from '../../cmdmp/form.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import { savedRecords } from '../../cmdmp/records.ts';
import type { Snapshot } from '../../cmdmp/snapshot.ts';
import type { Fixtures, TestModule } from '../host/fixtures.ts';
import type { History } from '../verdict/attempt.ts';
import { notRun } from '../verdict/undecided.ts';
import { type Act, actsBackTo, type Reboot, type Write } from './acts-back-to.ts';
import { whyNoWayBack } from './unknown-values.ts';

type Line = Pick<TestModule, 'at' | 'transmit'>;

/** Follows what is done to the module's records. */
export interface RecordHistory extends History {
  /** The same line; saves and erases on it are followed. Those in raw bytes are not. */
  followedOn(line: Line): Line;
  /** Follows boots: also those of a recovery, and those that nobody asked for. */
  listen(at: Pick<AtClient, 'onBoot'>): void;
  /** A reboot that a test made; the boots that `listen` saw since it began are its own. */
  rebooted(reboot: Pick<Rebooted, 'kind' | 'startedAt'>): void;
}

/** @param found what the module holds as the tests begin */
export function followHistory({ saved }: Snapshot): RecordHistory {
  const acts: Act[] = savedRecords.flatMap((record): Act[] => {
    const reading = saved[record.name];
    if (!reading || !mayBeUnsaved(record, reading)) return [];
    return [{ do: 'erase', records: [record.name], command: record.erase }];
  });
  // Since then the module was booted: what it held is in use.
  acts.push({ do: 'reboot', kind: 'soft' });
  /** When each boot in `acts` that `listen` saw took place, ns. */
  const seenAt = new WeakMap<Act, bigint>();

  /** Whether the newest act is a boot that was seen at this moment or later. */
  function endsWithBootSince(moment: bigint): boolean {
    const last = acts.at(-1);
    return last !== undefined && (seenAt.get(last) ?? -1n) >= moment;
  }

  return {
    followedOn: (line) => ({
      ...line,
      async at(command, options) {
        const write = writeOf(command);
        try {
          const exchange = await line.at(command, options);
          if (write && exchange.final.kind === 'OK') acts.push(write);
          return exchange;
        } catch (error) {
          if (write) acts.push({ ...write, do: 'unsure' });
          throw error;
        }
      },
    }),
    listen(at) {
      at.onBoot((boot: Boot) => {
        // Each board can make such a boot again by the command.
        const act: Act = { do: 'reboot', kind: 'soft' };
        seenAt.set(act, boot.at);
        acts.push(act);
      });
    },
    rebooted({ kind, startedAt }) {
      while (endsWithBootSince(startedAt)) acts.pop();
      acts.push({ do: 'reboot', kind });
    },
    mark: () => acts.length,
    backTo(mark) {
      if (mark === acts.length) return undefined;
      const whyNot = whyNoWayBack(acts, mark);
      if (whyNot !== undefined) return { whyNot };
      const back = actsBackTo(acts, mark);
      return { repeat: (fixtures) => perform(back, fixtures) };
    },
  };
}

const saveForm = /^(AT\+QDMPCFG(?:EX)?)=(\d)(?:,0)?,…$/;

/** The save or erase that a command line is; undefined for any other. */
function writeOf(command: string): Write | undefined {
  const { form, nvramWrite } = describeCommand(command);
  if (!nvramWrite) return undefined;
  const [, name, type] = saveForm.exec(form) ?? [];
  const saved = savedRecords.filter((record) => record.command === name && String(record.type) === type);
  if (saved.length > 0) return { do: 'save', records: saved.map((record) => record.name), command };
  const erased = savedRecords.filter(({ erase }) => form === erase || (form === eraseAll && isAccess(erase)));
  if (erased.length === 0) return undefined;
  return { do: 'erase', records: erased.map((record) => record.name), command };
}

const eraseAll = 'AT+QDMPCFG=5,4';
const isAccess = (erase: string): boolean => erase.startsWith('AT+QDMPCFG=');

/** Does it all again. Ends the attempt without a verdict where the module does not take again what it took before. */
async function perform(
  acts: readonly Act[],
  { module, board }: Pick<Fixtures, 'module' | 'board'>,
): Promise<void> {
  try {
    for (const act of acts) {
      if (act.do === 'reboot') await boot(board, act);
      else await give(module, act);
    }
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'module') throw error;
    notRun(`what came before it could not be done again: ${error.code}: ${error.message}`);
  }
}

async function boot(board: Pick<Fixtures['board'], 'reboot'>, { kind, ifHarmless }: Reboot): Promise<void> {
  try {
    await board.reboot(kind);
  } catch (error) {
    if (!ifHarmless || !isHilError(error) || error.code !== 'STRANGER_AT_REBOOT') throw error;
  }
}

/** What an erase answers where nothing is saved is open (clauses CFG-ERASE-EMPTY, EX-ERASE-EMPTY). */
async function give(module: TestModule, { do: what, command }: Write): Promise<void> {
  const { final } = await module.at(command);
  if (final.kind === 'OK' || what === 'erase') return;
  throw new HilError('AT_REFUSED', `${maskPrivateKey(command)} answered ${final.text}`);
}
