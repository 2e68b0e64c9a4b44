/**
 * The rooms of the house. Each folder of product code has a `room.yaml` that says what the room holds, which rooms it
 * may import, and which of its files other rooms may import. `npm run check:walls` holds the code against them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/**
 * A room.yaml. Paths begin at the repository's root, files of `opens` at the room.
 * @typedef {z.infer<typeof roomFile> & { folder: string }} Room
 */
const roomFile = z.strictObject({
  /** One line for the map in CONTRIBUTING.md. */
  holds: z.string().min(1),
  /** The rooms that its files may import, by their opened files. */
  imports: z.array(z.string()).default([]),
  /** Files outside `imports` of which it may import types. */
  types: z.array(z.string()).default([]),
  /** Packages that only this room and the rooms below it may import. */
  packages: z.array(z.string()).default([]),
  /** The files that other rooms may import. */
  opens: z.array(z.string()).default([]),
});

/** The folders of product code at the top level. */
export const top = ['harness', 'rigs', 'suites', 'reports'];

/** Files for tests: they may import every file of the rooms that their room stands on. */
export const testFile = String.raw`\.(test|fixture|inside)\.(ts|mjs)$`;

/**
 * Reads every room.yaml below the four folders.
 * @param {string} root the repository's root
 * @returns {Room[]} sorted by folder
 */
export function readRooms(root) {
  const files = top.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => path.basename(file) === 'room.yaml')
      .map((file) => path.posix.join(folder, file)),
  );
  return files.sort().map((file) => {
    const { data, error } = roomFile.safeParse(parse(readFileSync(path.join(root, file), 'utf8')));
    if (error) throw new RangeError(`${file}: ${z.prettifyError(error)}`);
    return { folder: path.posix.dirname(file), ...data };
  });
}

/**
 * All rooms that a room stands on: those it imports, those they import, and so on.
 * @param {Room[]} rooms @param {string} folder
 */
export function below(rooms, folder, found = new Set()) {
  for (const next of rooms.find((room) => room.folder === folder)?.imports ?? []) {
    if (found.has(next)) continue;
    found.add(next);
    below(rooms, next, found);
  }
  return found;
}

/**
 * The floor a room belongs to, for its tests: they may import every room of their own floor.
 * @param {string} folder
 */
export function floorOf(folder) {
  const [first, second] = folder.split('/');
  const inner = first === 'harness' || second === 'emulator';
  return inner && second ? `${first}/${second}` : first;
}
