import path from 'node:path';

import { testFile } from './rooms.mjs';

const isTest = new RegExp(testFile);

/**
 * What rooms allow and nobody uses: files they open that no other room imports, rooms they import by no file. Tests do
 * not count: they need no leave.
 * @param {import('./rooms.mjs').Room[]} rooms
 * @param {Pick<import('dependency-cruiser').ICruiseResult, 'modules'>['modules']} modules
 * @returns {string[]} a line each, with the room's file and what to take out of it
 */
export function unusedWalls(rooms, modules) {
  const imports = modules
    .filter(({ source }) => !isTest.test(source))
    .flatMap(({ source, dependencies }) => dependencies.map(({ resolved }) => ({ source, resolved })))
    .map(({ source, resolved }) => ({
      from: path.posix.dirname(source),
      to: path.posix.dirname(resolved),
      file: path.posix.basename(resolved),
    }))
    .filter(({ from, to }) => from !== to);
  return rooms.flatMap(({ folder, opens, imports: named }) => {
    const taken = new Set(imports.filter(({ to }) => to === folder).map(({ file }) => file));
    const used = new Set(imports.filter(({ from }) => from === folder).map(({ to }) => to));
    return [
      ...opens
        .filter((file) => !taken.has(file))
        .map((file) => `${folder}/room.yaml: opens ${file}, which no other room imports; remove it`),
      ...named
        .filter((room) => !used.has(room))
        .map((room) => `${folder}/room.yaml: imports ${room}, of which it uses no file; remove it`),
    ];
  });
}
