import { createReadStream, createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { execa } from 'execa';

const root = path.resolve(import.meta.dirname, '../..');

/** Builds what a Pi boots from unless that is cached; answers the cache's folder. Its messages go to this process's. */
export async function builtFolder(): Promise<string> {
  const script = path.join(import.meta.dirname, 'build.sh');
  return (await execa('nice', ['-n', '10', script], { stdin: 'ignore', stderr: 'inherit' })).stdout;
}

/**
 * Makes the initramfs of a run: the built one, and the project's sources as they stand now, unsaved to git or not.
 * @param built the cache's folder
 * @param folder where it is written
 */
export async function packSources(built: string, folder: string): Promise<string> {
  const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  const names = await execa('git', listed, { cwd: root, stripFinalNewline: false });
  const tar = path.join(folder, 'sources.tar');
  const options = ['--create', '--ignore-failed-read', '--null', '--files-from=-', `--file=${tar}`];
  await execa('tar', options, { cwd: root, input: names.stdout });
  const cpio = path.join(folder, 'sources.cpio');
  await execa('cpio', ['--create', '--format=newc', '--quiet', `--file=${cpio}`], {
    cwd: folder,
    input: 'sources.tar\n',
  });
  // The kernel unpacks archives that follow one another into the same file system.
  const whole = path.join(folder, 'initramfs');
  await pipeline(createReadStream(path.join(built, 'initramfs.cpio')), createWriteStream(whole));
  await pipeline(createReadStream(cpio), createWriteStream(whole, { flags: 'a' }));
  return whole;
}

/** Makes a card for a run: what is written to it stays beside the built one. */
export async function newCard(built: string, folder: string): Promise<string> {
  const card = path.join(folder, 'card.qcow2');
  const from = path.join(built, 'card.img');
  await execa('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', from, '-F', 'raw', card]);
  return card;
}
