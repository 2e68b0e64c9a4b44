import type { Exchange } from '../at/exchange.ts';
import { createShown } from './shown.ts';

const line = () => {
  const commands: string[] = [];
  return {
    commands,
    at: (command: string) => {
      commands.push(command);
      return Promise.resolve({
        final: { kind: 'OK', text: 'OK' },
        information: [command],
      } as unknown as Exchange);
    },
    transmit: () => Promise.reject(new Error('not used')),
  };
};

describe('what a module showed last', () => {
  test('is not asked for again while nobody speaks to it', async () => {
    const shown = createShown();
    const raw = line();
    const counted = shown.counting(raw);
    const first = await shown.snapshot(counted);
    const asked = raw.commands.length;
    expect(asked).toBeGreaterThan(0);
    expect(await shown.snapshot(counted)).toBe(first);
    expect(raw.commands).toHaveLength(asked);
  });

  test.each([
    ['a command', (counted: ReturnType<typeof line>) => counted.at('AT+QDMPCFG=0,7')],
    ['raw bytes', (counted: ReturnType<typeof line>) => counted.transmit().catch(() => undefined)],
  ])('is stale after %s', async (_, speak) => {
    const shown = createShown();
    const raw = line();
    const counted = shown.counting(raw);
    await shown.snapshot(counted);
    const asked = raw.commands.length;
    await speak(counted);
    await shown.snapshot(counted);
    expect(raw.commands.length).toBeGreaterThanOrEqual(2 * asked);
  });

  test('is stale after a reboot', async () => {
    const shown = createShown();
    const raw = line();
    const counted = shown.counting(raw);
    await shown.snapshot(counted);
    const asked = raw.commands.length;
    shown.forget();
    await shown.snapshot(counted);
    expect(raw.commands).toHaveLength(2 * asked);
  });
});
