// `AT`, and its answer, by serialport and nothing else: DEVICE EXCHANGES. Prints as client.c does.
import { SerialPort } from 'serialport';

import { measure } from './measure.mjs';

const [device, exchanges] = process.argv.slice(2);
const port = new SerialPort({ path: device, baudRate: 115200, autoOpen: false });
await new Promise((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
let received = '';
let ended = () => {};
port.on('data', (bytes) => {
  received += bytes.toString('latin1');
  if (received.endsWith('OK\r\n')) ended();
});
await measure(
  Number(exchanges),
  () =>
    new Promise((resolve) => {
      received = '';
      ended = resolve;
      port.write('AT\r');
    }),
);
await new Promise((resolve) => port.close(resolve));
