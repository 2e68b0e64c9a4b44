import type { TraceLine } from '../files/trace-file.ts';

interface Turn {
  readonly sent: string;
  readonly received: string;
}

/** Finds the bytes of an exchange, whose note comes a little after its answer. */
export interface Conversation {
  add(line: TraceLine): void;
  /** The newest turn of the command that was answered, else the newest of the command; older turns are forgotten. */
  take(command: string): Turn;
}

/** Commands that were sent and whose note has not come. */
const MOST_TURNS = 16;
/** Characters of an answer. */
const MOST_DATA = 16_000;

const nothing: Turn = { sent: '', received: '' };

export function createConversation(): Conversation {
  const turns: Turn[] = [];
  return {
    add({ source, data = '' }) {
      if (source === 'uart.tx') {
        turns.push({ sent: data, received: '' });
        if (turns.length > MOST_TURNS) turns.shift();
      }
      const last = turns.pop();
      if (!last) return;
      const received = source === 'uart.rx' ? (last.received + data).slice(0, MOST_DATA) : last.received;
      turns.push({ ...last, received });
    },
    take(command) {
      const isOf = ({ sent }: Turn) => sent.startsWith(command);
      const answered = turns.findLastIndex((turn) => isOf(turn) && turn.received !== '');
      const index = answered < 0 ? turns.findLastIndex(isOf) : answered;
      if (index < 0) return nothing;
      return turns.splice(0, index + 1).at(-1) ?? nothing;
    },
  };
}
