import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';

const cache = mkdtempSync(path.join(tmpdir(), 'bc26-hil-pi-'));
afterAll(() => rmSync(cache, { recursive: true }));
const built = path.join(cache, 'bc26-hil');

/** Builds into a cache of its own, where neither Debian's archive nor npm's can be reached. */
const build = () =>
  execa(path.join(import.meta.dirname, 'build.sh'), {
    env: { XDG_CACHE_HOME: cache, BC26_HIL_DEBIAN: 'http://127.0.0.1:9', npm_config_offline: 'true' },
    reject: false,
  });

test('a step that fails ends the build, and nothing is taken for built', async () => {
  const { exitCode, stderr, stdout } = await build();
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('cannot read the package lists of http://127.0.0.1:9');
  expect(stderr).toMatch(/could not build; the whole log is in .*build\.log$/);
  const [folder] = readdirSync(built);
  expect(existsSync(path.join(built, folder!, 'card.img'))).toBe(false);
}, 120_000);

test('what was built of other sources goes when nobody has used it for a day', async () => {
  await build();
  const [folder] = readdirSync(built).map((name) => path.join(built, name));
  writeFileSync(path.join(folder!, 'card.img'), '');
  const twoDaysAgo = Date.now() / 1000 - 172_800;
  for (const name of ['pi-3b-old', 'pi-3b-used', 'another']) mkdirSync(path.join(built, name));
  for (const at of [path.join(built, 'pi-3b-old'), path.join(built, 'another'), folder!])
    utimesSync(at, twoDaysAgo, twoDaysAgo);
  expect(await build()).toMatchObject({ exitCode: 0, stdout: folder });
  expect(readdirSync(built).sort()).toEqual(['another', path.basename(folder!), 'pi-3b-used'].sort());
}, 120_000);
