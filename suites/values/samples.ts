/**
 * Values that the suites save. The servers are in 192.0.2.0/24, which is reserved for documentation (RFC 5737), so
 * no module contacts a stranger. The private keys differ in their first four characters, because no more is ever
 * shown of a key, and do not end in asterisks.
 */
export const server = { serverIP: '192.0.2.7', serverPort: 5683, updatePeriod: 420 };
export const otherServer = { serverIP: '192.0.2.44', serverPort: 5700, updatePeriod: 86_399 };

export const credentials = {
  appKey: 'M100000089',
  password: 'Qa1xTrueKey7',
  tmlType: 1,
  tmlImei: '863703030822519',
};
export const otherCredentials = {
  appKey: 'M200000017',
  password: 'Zb8-AnotherKey',
  tmlType: 2,
  tmlImei: '8637030308225274',
};

/** One record of each extended type, in the order of the command's parameters. */
export const extendedSamples = [
  ['Reader|com.example.reader|990650|9123;Meter|FW02|80650|9201'],
  ['00-01-6C-06-A6-29'],
  ['4096KB', '8192KB', 'MT2625', 'FREE RTOS'],
  ['BC26NBR01A07', 'Quectel'],
  ['off', 'NB-IoT', 'XY05553867549', '18009699999'],
  ['31.8438799075,117.2025477950,OTDOA'],
] as const;

export const otherExtendedSamples = [
  ['Clock|FW9|1|2'],
  ['02-AA-BB-CC-DD-EE'],
  ['1024KB', '512KB', 'ARM', 'LiteOS 2.1'],
  ['SW 1.2', 'Meter'],
  ['on', 'LTE', 'ACC-7', '10086'],
  ['39.9042,116.4074,GPS'],
] as const;
