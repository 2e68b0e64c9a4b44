import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nvramFile } from './nvram-file.ts';

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
});
