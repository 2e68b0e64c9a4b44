import { ManualClock } from '../base/manual-clock.fixture.ts';
import { createFakeAt, elapse } from '../bc26/fake-at.fixture.ts';
import { createSpelling, inQuotes } from './spelling.ts';

const save = 'AT+QDMPCFG=1,192.0.2.7,5683,420';
const quoted = 'AT+QDMPCFG=1,"192.0.2.7",5683,420';

/** A module that takes the lines for which `takes` holds; `sent` has what it was given. */
function moduleThat(takes: (command: string, times: number) => boolean) {
  const clock = new ManualClock();
  const sent: string[] = [];
  const at = createFakeAt(clock, (command) => {
    sent.push(command);
    return [takes(command, sent.filter((each) => each === command).length) ? 'OK' : 'ERROR'];
  });
  const spelling = createSpelling();
  const send = (command: string) => elapse(clock, at.send(command));
  return { sent, spelling, save: async (command: string) => spelling.save(send, command) };
}

test('an address is saved without quotes where that is taken, and no other form is ever tried', async () => {
  const module = moduleThat((_, times) => times === 1);
  expect((await module.save(save)).command).toBe(save);
  expect((await module.save(save)).final.kind).toBe('ERROR');
  expect(module.sent).toEqual([save, save]);
  expect(module.spelling.of(save)).toBe(save);
});

test('quotes are used from then on where nothing else is taken', async () => {
  const module = moduleThat((command) => command === quoted);
  expect(await module.save(save)).toMatchObject({ command: quoted, final: { kind: 'OK' } });
  expect(module.spelling.of(save)).toBe(quoted);
  expect(module.spelling.of('AT+QDMPCFG=1,192.0.2.7,5683,299')).toBe('AT+QDMPCFG=1,"192.0.2.7",5683,299');
  expect(module.spelling.of('AT+QDMPCFG=1,1.2.3,5683,299')).toBe('AT+QDMPCFG=1,1.2.3,5683,299');
});

test('a refusal that another try does not repeat is no matter of quotes: it is what the caller gets', async () => {
  const module = moduleThat((command, times) => command === quoted || times > 1);
  expect(await module.save(save)).toMatchObject({ command: save, final: { kind: 'ERROR' } });
  expect(module.spelling.of(save)).toBe(save);
});

test('a save that is refused in every form shows how it was refused first', async () => {
  const module = moduleThat(() => false);
  expect(await module.save(save)).toMatchObject({ command: save });
  expect(module.sent).toEqual([save, quoted]);
  expect(module.spelling.of(save)).toBe(save);
});

test.each([
  ['AT+QDMPCFG=2,"M1","key, 1",0,863703030822519', 'AT+QDMPCFG=2,"M1","key, 1",0,"863703030822519"'],
  [quoted, undefined],
  ['AT+QDMPCFG=0,1', undefined],
  ['AT+QDMPCFG=1,192.0.2.7,5683', undefined],
])('%j in quotes is %j', (command, expected) => {
  expect(inQuotes(command)).toBe(expected);
});
