/**
 * What dependency-cruiser holds imports against (`npm run check:walls`): the rooms' own files, and no circle.
 */
import path from 'node:path';
import { below, floorOf, readRooms, testFile, top } from './rooms.mjs';

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const anyOf = (paths) => `^(${paths.map(escaped).join('|')})$`;
const inRepository = `^(${top.join('|')})/`;
const filesOf = (folder) => `^${escaped(folder)}/[^/]+$`;
const openedBy = ({ folder, opens }) => opens.map((file) => `${folder}/${file}`);

/**
 * @param {import('./rooms.mjs').Room[]} rooms
 * @returns {import('dependency-cruiser').IForbiddenRuleType[]}
 */
export function rulesOf(rooms) {
  const opened = new Map(rooms.map((room) => [room.folder, openedBy(room)]));
  return [
    {
      name: 'no-circle',
      comment:
        'Files that import each other in a circle cannot be read one after the other; move what they share down.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'emulator alone',
      comment:
        'The harness uses what .config/ holds; the emulator shares none of it. Its main.mjs calls the loader.',
      severity: 'error',
      from: { path: '^rigs/emulator/', pathNot: [testFile, '^rigs/emulator/main[.]mjs$'] },
      to: { path: String.raw`^\.config/` },
    },
    ...rooms.flatMap((room) => wallsOf(room, rooms, opened)),
    ...packageRules(rooms),
  ];
}

function wallsOf({ folder, imports, types }, rooms, opened) {
  const doors = imports.flatMap((name) => opened.get(name) ?? []);
  const floor = floorOf(folder);
  const ownFloor = rooms.filter((room) => floorOf(room.folder) === floor).map((room) => room.folder);
  const reached = new Set([...ownFloor, ...ownFloor.flatMap((name) => [...below(rooms, name)])]);
  return [
    {
      name: `wall: ${folder}`,
      comment: `${folder}/room.yaml names the rooms it may import, and each of those the files that it opens.`,
      severity: 'error',
      from: { path: filesOf(folder), pathNot: testFile },
      to: {
        path: inRepository,
        pathNot: [
          filesOf(folder),
          ...(doors.length > 0 ? [anyOf(doors)] : []),
          ...(types.length > 0 ? [anyOf(types)] : []),
        ],
      },
    },
    ...(types.length > 0 ? [typesOnly(folder, types)] : []),
    {
      name: `wall for tests: ${folder}`,
      comment: `A test may import the rooms of its own floor (${floor}), those they stand on, and test support.`,
      severity: 'error',
      from: { path: `^${escaped(folder)}/[^/]+${testFile}` },
      to: { path: inRepository, pathNot: [testFile, ...[...reached].map(filesOf)] },
    },
  ];
}

const typesOnly = (folder, types) => ({
  name: `types only: ${folder}`,
  comment: `${folder}/room.yaml allows no more than the types of this file.`,
  severity: 'error',
  from: { path: filesOf(folder), pathNot: testFile },
  to: { path: anyOf(types), dependencyTypesNot: ['type-only'] },
});

/** Packages that a room keeps to itself: the seams to the wire. A test may have a terminal or a port of its own. */
const packageRules = (rooms) =>
  rooms.flatMap(({ folder, packages }) =>
    packages.map((name) => ({
      name: `package: ${name}`,
      comment: `Only ${folder}/ may import ${name} (${folder}/room.yaml).`,
      severity: 'error',
      from: { path: inRepository, pathNot: [`^${escaped(folder)}/`, testFile] },
      to: { path: `(^|/)node_modules/${escaped(name)}/` },
    })),
  );

export default {
  forbidden: rulesOf(readRooms(path.resolve(import.meta.dirname, '..'))),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.cjs', '.js'] },
  },
};
