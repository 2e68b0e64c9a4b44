import {
  access as note,
  arrangement,
  clause,
  expect,
  quote,
  readRecord,
  shownBy,
  type TestModule,
} from '../harness/jest/suite.ts';
import { expectAnsweredOk } from './records/expect-answers.ts';
import { expectRecord } from './records/expect-record.ts';
import { expectServerSaved } from './records/expect-saved.ts';
import { recordNamed } from './records/records.ts';
import { credentialsValues, serverValues } from './records/sample-values.ts';
import { fieldsShown } from './records/snapshot-readings.ts';
import { observeEach } from './refusals/observe-each.ts';
import { openTries } from './refusals/open-tries.ts';
import { groupDeadlineMs } from './refusals/refusals.ts';
import { refusedTogether } from './refusals/refused-together.ts';
import { saveWith } from './values/commands.ts';
import { informationText, readBack } from './values/open-inputs.ts';
import { otherCredentials, server } from './values/samples.ts';

const smoke = { profile: 'smoke', deadlineMs: groupDeadlineMs } as const;
const nightly = { deadlineMs: groupDeadlineMs } as const;
const release = { profile: 'release', deadlineMs: groupDeadlineMs } as const;

const badAddresses = {
  'octet above 255': '256.1.1.1',
  'last octet above 255': '192.0.2.256',
  'octet of four digits': '192.0.2.1000',
  'octet that wraps': '192.0.258.7',
  'three octets': '1.2.3',
  'five octets': '192.0.2.7.1',
  'one number': '3221225991',
  'empty octet': '192.0..7',
  'dot behind': '192.0.2.7.',
  'negative octet': '192.0.-2.7',
  text: 'abc',
  nothing: '',
} as const;

const digitsOf = (length: number): string => '863703030822519274'.repeat(2).slice(0, length);

const { min: shortestImei, max: longestImei } = note.tmlIMEI;

const beyond = [
  {
    id: 'CFG-IMEI-OUTSIDE',
    title: 'IMEIs shorter than 15 bytes and longer than 17 are refused',
    inputs: [1, shortestImei - 1, longestImei + 1, 2 * longestImei].map((length) => ({
      name: `IMEI of ${length} bytes`,
      command: saveWith.tmlIMEI(digitsOf(length)),
    })),
  },
  {
    id: 'CFG-IP-FORM',
    title: 'what is no address of four octets is refused',
    inputs: Object.entries(badAddresses).map(([name, address]) => ({
      name,
      command: saveWith.serverIP(address),
    })),
  },
] as const;

// First, because this group begins with the configuration that the last group of 40-access-boundaries leaves.
refusedTogether('smoke', beyond);

/** Saves strangers' addresses only while access is disabled, and the sample server afterwards: none is ever contacted. */
async function amongStrangers(module: TestModule, act: () => Promise<void>): Promise<void> {
  if (!/^0, *0$/.test(informationText(await module.access.send.query(0)))) await module.access.saveMode(0);
  try {
    await act();
  } finally {
    await module.access.saveServer(server);
  }
}

/** The shortest and the longest text, and octets at both ends. */
const goodAddresses = ['1.2.3.4', '192.168.100.255', '203.0.113.0'];

clause(
  'CFG-IP-FORM',
  'four decimal octets are accepted',
  ({ module }) =>
    amongStrangers(module, async () => {
      for (const serverIP of goodAddresses) await expectServerSaved(module, { serverIP });
    }),
  nightly,
);

const theServer = recordNamed('QDMPCFG 1');
const theCredentials = recordNamed('QDMPCFG 2');

/** Each field as short or as long as it may be, beside others of another length: one may spoil the next. */
const unusualServers = [
  { serverIP: '1.2.3.4', serverPort: 65_535, updatePeriod: 300 },
  { serverIP: '192.168.100.255', serverPort: 1, updatePeriod: 86_399 },
  { serverIP: '10.0.0.1', serverPort: 5700, updatePeriod: 4_294_966 },
];

clause(
  ['CFG-SAVE-1', 'CFG-QUERY-1'],
  'saves servers whole whose fields are as short or as long as they may be',
  ({ module }) =>
    amongStrangers(module, async () => {
      for (const unusual of unusualServers) {
        // CFG-IP-FORM, CFG-PORT-RANGE and CFG-PERIOD-RANGE judge whether they are accepted.
        const { final } = await module.access.send.server(unusual);
        if (final.kind !== 'OK') continue;
        expectRecord(theServer, await readRecord(module, theServer), serverValues(unusual));
      }
    }),
  nightly,
);

/** The answer to an IMEI of each length, and the reading after it. */
const eachImei = arrangement(smoke, async ({ module }) => {
  const tried = [];
  for (let length: number = shortestImei; length <= longestImei; length++) {
    const record = { ...otherCredentials, tmlImei: digitsOf(length) };
    const save = await module.access.send.credentials(record);
    tried.push({ record, save, shown: await readRecord(module, theCredentials) });
  }
  return tried;
});

eachImei.clause('CFG-IMEI-LENGTH', 'IMEIs of 15, 16 and 17 bytes are accepted', ({ arranged }) => {
  for (const { record, save, shown } of arranged) {
    expectAnsweredOk(save);
    shownBy([save, shown], () =>
      expect(fieldsShown(theCredentials, shown.text ?? '')[3], 'QDMPCFG 2 saved, its IMEI').toEqual(
        record.tmlImei,
      ),
    );
  }
  return Promise.resolve();
});

eachImei.clause(
  ['CFG-SAVE-2', 'CFG-QUERY-2'],
  'app key, private key and terminal type are whole beside an IMEI of 15, 16 and 17 bytes',
  ({ arranged }) => {
    for (const { record, save, shown } of arranged)
      if (save.final.kind === 'OK') expectRecord(theCredentials, shown, credentialsValues(record));
    return Promise.resolve();
  },
);

// 2001:db8::/32 and example names are reserved for documentation (RFC 3849, RFC 2606).
const openAddresses = [
  {
    title: 'other addresses: IPv6, host names, quotes, leading zeros',
    addresses: {
      ipv6: '2001:db8::7',
      'host-name': 'server.example',
      quoted: '"192.0.2.7"',
      'leading-zeros': '192.000.002.007',
      'all-zero': '0.0.0.0',
    },
    options: nightly,
  },
  {
    title: 'other addresses: in quotes, with blanks, letters and hex',
    addresses: {
      'ipv6-quoted': '"2001:db8::7"',
      'host-name-quoted': '"server.example"',
      // Could be a host name.
      'letter-in-an-octet': '192.0.2.7a',
      'blank-before': ' 192.0.2.7',
      'blank-behind': '192.0.2.7 ',
      'blank-alone': ' ',
      hex: '0xC0.0.2.7',
      broadcast: '255.255.255.255',
    },
    options: release,
  },
] as const;

for (const { title, addresses, options } of openAddresses) {
  clause(
    ['CFG-IP-OTHER', 'ERR-ATOMIC'],
    title,
    ({ module, observe }) =>
      amongStrangers(module, async () => {
        const tries = openTries(module);
        await observeEach(observe, 'CFG-IP-OTHER', addresses, (address: string) =>
          tries.try(saveWith.serverIP(address), readBack.server),
        );
        tries.expectAtomic();
      }),
    options,
  );
}

const openImeis = [
  {
    title: 'IMEIs that are not digits, or in quotes',
    imeis: {
      letters: 'ABCDEFGHIJKLMNO',
      quoted: quote(digitsOf(shortestImei)),
      'blank-before': ` ${digitsOf(shortestImei)}`,
    },
    options: nightly,
  },
  {
    title: 'IMEIs with signs, blanks and letters among the digits, or letters in quotes',
    imeis: {
      'letter-behind': '86370303082251X',
      plus: `+${digitsOf(shortestImei)}`,
      'blanks-alone': ' '.repeat(shortestImei),
      'quoted-letters': '"ABCDEFGHIJKLMNO"',
      'quoted-non-ascii': `"86370303082251${'\xc3\xa9'}"`,
      'quoted-punctuation': '"863-703;030|82,2"',
    },
    options: release,
  },
] as const;

for (const { title, imeis, options } of openImeis) {
  clause(
    ['CFG-IMEI-FORM', 'ERR-ATOMIC'],
    title,
    async ({ module, observe }) => {
      const tries = openTries(module);
      await observeEach(observe, 'CFG-IMEI-FORM', imeis, (typed: string) =>
        tries.try(saveWith.tmlIMEI(typed), readBack.tmlIMEI),
      );
      tries.expectAtomic();
    },
    options,
  );
}
