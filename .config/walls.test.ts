import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { ICruiseResult, IForbiddenRuleType, IModule } from 'dependency-cruiser';
import { execa } from 'execa';

import config, { rulesOf } from './dependency-cruiser.mjs';
import { below, readRooms, type Room, testFile, top } from './rooms.mjs';
import { unusedWalls } from './unused-walls.mjs';

const root = path.resolve(import.meta.dirname, '..');
const rooms = readRooms(root);
const isTest = new RegExp(testFile);
const workFolder = mkdtempSync(path.join(tmpdir(), 'walls-'));
afterAll(() => rmSync(workFolder, { recursive: true }));

/** The folders below `folder` that hold product code. */
const codeFolders = top.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.posix.join(folder, file))
    .filter((file) => /\.(ts|mjs)$/.test(file) && !isTest.test(file) && !file.startsWith('reports/runs/'))
    .map((file) => path.posix.dirname(file)),
);

/** Runs dependency-cruiser over a house as `npm run check:walls` does, with these rules. */
async function cruised(folder: string, forbidden: IForbiddenRuleType[]): Promise<ICruiseResult> {
  const { tsConfig: _, ...options } = config.options;
  const rules = path.join(workFolder, 'rules.json');
  writeFileSync(rules, JSON.stringify({ forbidden, options }));
  const folders = readdirSync(folder).filter((name) => top.includes(name));
  const { stdout } = await execa('depcruise', ['--config', rules, '--output-type', 'json', ...folders], {
    cwd: folder,
    preferLocal: true,
    localDir: root,
    reject: false,
  });
  return JSON.parse(stdout) as ICruiseResult;
}

describe('the rooms of this repository', () => {
  test('are the folders that hold product code', () => {
    expect(rooms.map(({ folder }) => folder).sort()).toEqual([...new Set(codeFolders)].sort());
  });

  test('stand in the map of CONTRIBUTING.md with what they hold', () => {
    const map = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
    const missing = rooms.filter(
      ({ folder, holds }) => !map.includes(`${path.basename(folder)}/`) || !map.includes(holds),
    );
    expect(missing.map(({ folder }) => folder)).toEqual([]);
  });

  test('import each other in no circle', () => {
    expect(
      rooms.filter(({ folder }) => below(rooms, folder).has(folder)).map(({ folder }) => folder),
    ).toEqual([]);
  });

  test('hold at most 25 product files, harness/at 30', () => {
    const full = [...new Set(codeFolders)].filter((folder) => {
      const files = codeFolders.filter((one) => one === folder).length;
      return files > (folder === 'harness/at' ? 30 : 25);
    });
    expect(full).toEqual([]);
  });
});

describe('the independence of judge and emulated module', () => {
  const isEmulator = (folder: string): boolean => /^rigs\/emulator(\/|$)/.test(folder);

  test('neither imports the other', () => {
    for (const { folder, imports } of rooms)
      expect({ folder, across: imports.filter((name) => isEmulator(name) !== isEmulator(folder)) }).toEqual({
        folder,
        across: [],
      });
  });

  test('only the types of their protocol cross', () => {
    expect(rooms.filter(({ types }) => types.length > 0).map(({ folder, types }) => [folder, types])).toEqual(
      [['rigs/control', ['rigs/emulator/base/protocol.ts']]],
    );
  });

  test('suites import harness/jest and each other', () => {
    const imported = rooms
      .filter(({ folder }) => folder.startsWith('suites'))
      .flatMap(({ imports }) => imports);
    expect([...new Set(imported)].filter((name) => !name.startsWith('suites/'))).toEqual(['harness/jest']);
  });
});

describe('a wall', () => {
  const room = (folder: string, more: Partial<Room> = {}): Room => ({
    folder,
    holds: folder,
    imports: [],
    types: [],
    packages: [],
    opens: [],
    ...more,
  });
  const plan = [
    room('harness/high', { imports: ['rigs/low'], types: ['rigs/emulator/protocol.ts'] }),
    room('rigs/low', { opens: ['open.ts'], packages: ['onoff'] }),
    room('rigs/emulator'),
  ];
  const sound = {
    'harness/high/top.ts': "import { open } from '../../rigs/low/open.ts';\nexport const top = open;\n",
    'harness/high/message.ts':
      "import type { Message } from '../../rigs/emulator/protocol.ts';\nexport type M = Message;\n",
    'rigs/low/open.ts':
      "import { Gpio } from 'onoff';\nexport { inner } from './inner.ts';\nexport { Gpio };\n",
    'rigs/low/inner.ts': 'export const inner = 1;\nexport type Inner = number;\n',
    'rigs/low/inner.test.ts': "import { inner } from './inner.ts';\ntest('x', () => inner);\n",
    'rigs/low/two.ts': "export type { One } from './one.ts';\nexport type Two = 2;\n",
    '.config/load.mjs': 'export const load = () => 1;\n',
    'rigs/emulator/main.mjs': "import { load } from '../../.config/load.mjs';\nload();\n",
    'rigs/emulator/protocol.ts': 'export type Message = string;\nexport const message = 1;\n',
  };
  const unsound: readonly [what: string, file: string, text: string, rule: string][] = [
    [
      'an import that goes up',
      'rigs/low/up.ts',
      "export { top } from '../../harness/high/top.ts';",
      'wall: rigs/low',
    ],
    [
      'an import by call',
      'rigs/low/call.ts',
      "export const a = () => import('../../harness/high/top.ts');",
      'wall: rigs/low',
    ],
    [
      'a file that is not opened',
      'harness/high/in.ts',
      "import '../../rigs/low/inner.ts';",
      'wall: harness/high',
    ],
    [
      'its type',
      'harness/high/type.ts',
      "export type { Inner } from '../../rigs/low/inner.ts';",
      'wall: harness/high',
    ],
    [
      'more than types',
      'harness/high/value.ts',
      "export { message } from '../../rigs/emulator/protocol.ts';",
      'types only: harness/high',
    ],
    [
      'code that the emulator would share',
      'rigs/emulator/built.ts',
      "import '../../.config/load.mjs';",
      'emulator alone',
    ],
    ['a package of another room', 'harness/high/gpio.ts', "export { Gpio } from 'onoff';", 'package: onoff'],
    [
      'a test that looks up',
      'rigs/low/up.test.ts',
      "import '../../harness/high/top.ts';",
      'wall for tests: rigs/low',
    ],
    [
      'a circle of types',
      'rigs/low/one.ts',
      "export type { Two } from './two.ts';\nexport type One = 1;",
      'no-circle',
    ],
  ];
  let found: readonly string[];

  beforeAll(async () => {
    const house = path.join(workFolder, 'house');
    const files = { ...sound, ...Object.fromEntries(unsound.map(([, file, text]) => [file, `${text}\n`])) };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.join(house, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(house, file), text);
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'));
    const { summary } = await cruised(house, rulesOf(plan));
    found = summary.violations.map(({ rule, from }) => `${from} < ${rule.name}`);
  }, 120_000);

  test.each(unsound)('stops %s', (_, file, __, rule) => {
    expect(found).toContain(`${file} < ${rule}`);
  });

  test('lets everything else through', () => {
    expect(found.filter((one) => !unsound.some(([, file, , rule]) => one === `${file} < ${rule}`))).toEqual(
      [],
    );
  });
});

describe('a room that allows more than is used', () => {
  const module = (source: string, ...resolved: string[]): IModule =>
    ({ source, dependencies: resolved.map((one) => ({ resolved: one })) }) as unknown as IModule;
  const plan = (opens: string[], imports: string[]): Room[] => [
    { folder: 'rigs/low', holds: 'low', imports: [], types: [], packages: [], opens },
    { folder: 'harness/high', holds: 'high', imports, types: [], packages: [], opens: [] },
  ];
  const modules = [
    module('harness/high/top.ts', 'rigs/low/open.ts', 'harness/high/near.ts'),
    module('harness/high/top.test.ts', 'rigs/low/tested.ts'),
    module('rigs/low/inner.ts', 'rigs/low/beside.ts'),
  ];

  test('is not found where all is used', () => {
    expect(unusedWalls(plan(['open.ts'], ['rigs/low']), modules)).toEqual([]);
  });

  test('is named with what to remove', () => {
    expect(
      unusedWalls(plan(['beside.ts', 'open.ts', 'tested.ts'], ['rigs/low', 'rigs/high']), modules),
    ).toEqual([
      'rigs/low/room.yaml: opens beside.ts, which no other room imports; remove it',
      'rigs/low/room.yaml: opens tested.ts, which no other room imports; remove it',
      'harness/high/room.yaml: imports rigs/high, of which it uses no file; remove it',
    ]);
  });
});
