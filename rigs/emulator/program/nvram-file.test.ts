import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { namedNvramFile, nvramFile } from './nvram-file.ts';
import { openHost } from './terminal-host.fixture.ts';

const MAIN = path.resolve(import.meta.dirname, '../main.mjs');

describe('the NVRAM file', () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'nvram-'));
  });
  afterEach(() => fs.rmSync(dir, { recursive: true }));

  test('gives back every byte a value may hold, and leaves nothing beside it', () => {
    const items = new Map([
      ['dm_pwd', Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')],
    ]);
    nvramFile(path.join(dir, 'n')).save(items);
    expect(nvramFile(path.join(dir, 'n')).load()).toEqual(items);
    expect(fs.readdirSync(dir)).toEqual(['n']);
  });

  test('is empty where there is none', () => {
    expect(nvramFile(path.join(dir, 'n')).load().size).toBe(0);
  });

  test.each(['', 'not json', '[]', 'null', '{"a":1}'])('refuses %j', (text) => {
    const file = path.join(dir, 'n');
    fs.writeFileSync(file, text);
    expect(() => nvramFile(file).load()).toThrow(/is not an NVRAM file/);
  });

  test('named by a person is loaded, or created', () => {
    const items = new Map([['dm_pwd', 'x']]);
    nvramFile(path.join(dir, 'n')).save(items);
    expect(namedNvramFile(path.join(dir, 'n')).load()).toEqual(items);
    expect(namedNvramFile(path.join(dir, 'new')).load()).toEqual(new Map());
    expect(fs.readdirSync(dir)).toEqual(['n', 'new']);
  });

  test.each(['nowhere/n', '.', 'n/n'])('is refused in one line where none can be kept: %s', (name) => {
    fs.writeFileSync(path.join(dir, 'n'), '{}');
    expect(() => namedNvramFile(path.join(dir, name))).toThrow(/^no NVRAM can be kept in \S+: [^\n]+$/);
  });

  test('that cannot be kept is refused before the module begins, not at its first save', () => {
    const args = [MAIN, '--dir', dir, '--nvram', path.join(dir, 'nowhere', 'n')];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^emulator: no NVRAM can be kept in [^\n]+\n$/);
    expect(fs.readdirSync(dir)).toEqual([]);
  }, 30_000);

  test('that can no longer be kept ends the program, which says so first', async () => {
    const kept = path.join(dir, 'kept');
    fs.mkdirSync(kept);
    const args = [MAIN, '--dir', dir, '--nvram', path.join(kept, 'n'), '--set', 'bootMs=10'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      let errors = '';
      child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
      const closed = once(child, 'close', { signal: AbortSignal.timeout(20_000) });
      for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('ready')) break;
      fs.rmSync(kept, { recursive: true });
      const host = openHost(fs.readFileSync(path.join(dir, 'device'), 'utf8').trim());
      fs.appendFileSync(path.join(dir, 'control'), 'on\n');
      await host.hear(/READY\r\n$/);
      host.write('AT+QDMPCFG=0,1\r');
      expect(await closed).toEqual([1, null]);
      host.close();
      expect(errors).toMatch(/^emulator: ENOENT: [^\n]*\n/);
    } finally {
      child.kill('SIGKILL');
    }
  }, 30_000);
});
