import { ManualClock } from '../base/manual-clock.fixture.ts';
import { seededRandom } from '../base/random.ts';
import { applySetting, defaultSettings } from '../settings/settings.ts';
import { LineNoise } from './line-noise.ts';

function noiseOf(noiseHz: number): { clock: ManualClock; noise: LineNoise; heard: number[] } {
  const clock = new ManualClock();
  const heard: number[] = [];
  const settings = applySetting(defaultSettings, 'noiseHz', String(noiseHz));
  const noise = new LineNoise({
    clock,
    settings: () => settings,
    random: seededRandom(1),
    write: (bytes) => heard.push(...bytes),
  });
  return { clock, noise, heard };
}

test('noise comes at its rate, as bytes that no answer has, until it ends', () => {
  const { clock, noise, heard } = noiseOf(5);
  noise.begin();
  clock.advance(2_000);
  expect(heard).toHaveLength(10);
  expect(Math.min(...heard)).toBeGreaterThanOrEqual(0x80);
  noise.end();
  clock.advance(2_000);
  expect(heard).toHaveLength(10);
});

test('a line without noise stays silent', () => {
  const { clock, noise, heard } = noiseOf(0);
  noise.begin();
  clock.advance(60_000);
  expect(heard).toEqual([]);
});
