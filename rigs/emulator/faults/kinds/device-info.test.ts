import { mac, type Steps, testFaults } from '../fault-expectations.fixture.ts';
import { allSaves, readDeviceInfo, sendAndReboot } from '../watched-client.fixture.ts';
import { faults } from './device-info.ts';

const info: Steps = (layer) => {
  sendAndReboot(layer, ...allSaves);
  return readDeviceInfo(layer);
};
/** After each of two reboots. */
const twice: Steps = (layer) => {
  const first = info(layer);
  layer.reboot();
  return { ...first, again: readDeviceInfo(layer) };
};
const meanwhile: Steps = (layer) => {
  sendAndReboot(layer, ...allSaves);
  return readDeviceInfo(layer, [mac]);
};
const erased: Steps = (layer) => {
  sendAndReboot(layer, ...allSaves);
  sendAndReboot(layer, 'AT+QDMPCFGEX=4,2');
  return readDeviceInfo(layer);
};

testFaults(faults, [
  // After the second reboot the values are right.
  ['info-stale', twice, { 6610: ['NULL'], 6611: ['NULL'], 6612: ['NULL'], 6613: ['NULL'], 6614: ['NULL'] }],
  ['info-at-once', meanwhile, { 6603: ['00-01-6c-06-A6-29'] }],
  [
    'info-erase-ignored',
    erased,
    { 6610: ['off'], 6611: ['NB-IoT'], 6612: ['XY05553867549'], 6613: ['18009699999'] },
  ],
  ['info-swapped', info, { 6610: ['NB-IoT'], 6611: ['off'] }],
  ['info-location-lost', info, { 6614: ['NULL'] }],
  ['info-cut-short', info, { 6614: ['31.8438799075,117.2025477950,OTDOA 31.8438799075,117.2025477950,'] }],
]);
