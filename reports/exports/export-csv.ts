import { stringify } from 'csv-stringify/sync';

import { escapeBytes } from '../../harness/base/escape.ts';
import { countNoun } from '../text/format.ts';
import { followTests } from '../timeline/current-test.ts';
import { isoTime } from '../timeline/wall-clock.ts';
import { createConversation } from './conversation.ts';
import type { Export } from './export.ts';

const columns = [
  ...['line', 'time', 'test', 'form', 'kind', 'result', 'lo_ms', 'hi_ms', 'answer_wire_ms', 'disturbance_ms'],
  ...['nvram_write', 'in_time', 'clause', 'sent', 'received'],
];

const visible = (data: string): string => escapeBytes(Buffer.from(data, 'latin1'));

/** A field that a spreadsheet would take for a formula, as `+CME ERROR`, gets an apostrophe before it. */
const csvLine = (fields: readonly unknown[]): string => stringify([fields], { escape_formulas: true });

/** A row for each exchange. */
export const exportCsv: Export = ({ lines, isWanted, wall }, write) => {
  const testOf = followTests();
  const conversation = createConversation();
  let count = 0;
  write(csvLine(columns));
  for (const line of lines) {
    const test = testOf(line);
    conversation.add(line);
    if (line.source !== 'note' || line['type'] !== 'exchange') {
      isWanted(line);
      continue;
    }
    const { sent, received } = conversation.take(String(line['command']));
    if (!isWanted(line)) continue;
    count++;
    const { form, kind, final, lo, hi, answerWireMs, disturbanceMs, nvramWrite, inTime, clause } = line;
    write(
      csvLine([
        ...[line.n, isoTime(wall(line.at)), test, form, kind, final, lo, hi, answerWireMs, disturbanceMs],
        ...[String(nvramWrite), inTime, clause, visible(sent), visible(received)],
      ]),
    );
  }
  return countNoun(count, 'exchange');
};
