// `AT`, and its answer, by the project's client with its trace in a file: DEVICE EXCHANGES TRACE. Prints as client.c does.
import { createAtClient } from '../harness/at/client.ts';
import { systemClock } from '../harness/base/clock.ts';
import { openTrace } from '../reports/files/trace-file.ts';
import { openPort } from '../rigs/port/open-port.ts';
import { measure } from './measure.mjs';

const [device, exchanges, file] = process.argv.slice(2) as [string, string, string];
const trace = openTrace(file);
const port = await openPort({ path: device, baud: 115200 });
const at = createAtClient({ port, clock: systemClock, trace });
await measure(Number(exchanges), () => at.send('AT'));
at.close();
await port.close();
trace.close();
