import type { AtClient } from '../../at/at-client.ts';
import type { Exchange } from '../../at/exchange.ts';
import { escapeText } from '../../base/escape.ts';
import type { TraceSink } from '../../base/trace.ts';
import { describeCommand } from '../../cmdmp/form.ts';

/** A clause on how a record, or what is in use, is read. */
export type ReadingClause = 'CFG-READ' | `CFG-QUERY-${string}` | `EX-READ-${string}`;

interface Misreading {
  readonly clause: ReadingClause;
  readonly text: string;
}

/** The clause of a reading, for the commands that only read; the access state changes by itself. */
function clauseOf(command: string): ReadingClause | undefined {
  if (command === 'AT+QDMPCFG?') return 'CFG-READ';
  const [, access] = /^AT\+QDMPCFG=4,([012])$/.exec(command) ?? [];
  if (access !== undefined) return `CFG-QUERY-${access}`;
  const [, extended] = /^AT\+QDMPCFGEX=([0-5]),1$/.exec(command) ?? [];
  return extended === undefined ? undefined : `EX-READ-${extended}`;
}

const mayWrite = ({ command, final }: Exchange): boolean =>
  final.kind === 'OK' && describeCommand(command).kind !== 'read' && /QDMPCFG/i.test(command);

/** Tells readings that are wrong now and then from records that have changed. */
export interface ReadingWatch {
  /** A trace that is watched: what is written to it passes on. */
  readonly trace: TraceSink;
  listen(at: Pick<AtClient, 'onExchange' | 'onBoot'>, misread: (found: Misreading) => void): void;
}

/**
 * A reading is wrong if it shows a value, another one, and the first again, though no command in between could save
 * anything. Tests that compare two readings see a change, and charge it to whatever they sent in between. Raw bytes, and
 * commands without an answer, may have saved something.
 */
export function watchReadings(sink: TraceSink): ReadingWatch {
  /** The trace's lines of what was sent and has not been reported as an exchange. */
  let open: number[] = [];
  /** The values that each command has shown, each change once. */
  let shown = new Map<string, readonly string[]>();
  const forget = (): void => void (shown = new Map());

  /** Whether something else was sent before an exchange, which is reported in its turn. */
  function sentBefore({ trace: [sent] }: Exchange): boolean {
    const earlier = open.filter((line) => line < sent);
    open = open.filter((line) => line > sent);
    return earlier.length > 0;
  }

  return {
    trace: {
      get last() {
        return sink.last;
      },
      write(source, at, body) {
        const line = sink.write(source, at, body);
        if (source === 'uart.tx') open.push(line);
        return line;
      },
    },
    listen(at, misread) {
      at.onBoot(forget);
      at.onExchange((exchange) => {
        const { command, final, information } = exchange;
        if (sentBefore(exchange)) forget();
        if (mayWrite(exchange)) return forget();
        const clause = clauseOf(command);
        if (clause === undefined || final.kind !== 'OK') return;
        const value = information.join('\n');
        const values = shown.get(command) ?? [];
        const last = values.at(-1);
        if (last === value) return;
        if (last !== undefined && values.includes(value))
          misread({ clause, text: textOf(command, last, value) });
        shown.set(command, [...values, value]);
      });
    },
  };
}

const textOf = (command: string, wrong: string, right: string): string =>
  `${command} read "${quoted(wrong)}" between two readings of "${quoted(right)}", and nothing could be saved in between`;

const quoted = (text: string): string => escapeText(text.slice(0, 300));
