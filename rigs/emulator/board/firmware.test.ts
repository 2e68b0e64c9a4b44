import type { Fault } from '../faults/fault.ts';
import type { Call, Module } from '../module/handler.ts';
import type { NvramChanges } from '../module/nvram.ts';
import { layeredFirmware } from './firmware.ts';

const call: Call = { name: '+X', form: 'read', parameters: '' };
// No hook of these tests uses the module.
const module = {} as Module;

/** A fault that adds its id to everything. */
const marking = (id: string): Fault => ({
  id,
  describe: id,
  breaks: ['X'],
  answer(asked, _module, next) {
    const answer = next(asked);
    return { ...answer, lines: [...answer.lines, id] };
  },
  bytes: (answer) => `${answer}${id}`,
  latencyMs: (planned) => planned * 10 + Number(id),
});

const firmwareWith = (...faults: Fault[]) =>
  layeredFirmware(
    () => ({ lines: ['healthy'], result: 'OK' }),
    () => faults,
  );

describe('faults', () => {
  test('are layers over the healthy module, the newest outermost', () => {
    const firmware = firmwareWith(marking('1'), marking('2'));
    expect(firmware.answer(call, module).lines).toEqual(['healthy', '1', '2']);
    expect(firmware.bytes('a', call, module)).toBe('a12');
    expect(firmware.latencyMs(5, call, module)).toBe(512);
  });

  test('can answer a command without the layers below', () => {
    const silent: Fault = {
      id: 's',
      describe: '',
      breaks: ['X'],
      answer: () => ({ lines: [], result: 'none' }),
    };
    expect(firmwareWith(marking('1'), silent).answer(call, module)).toEqual({ lines: [], result: 'none' });
  });

  test('can split, change and drop transactions', () => {
    const torn: Fault = {
      id: 'torn',
      describe: '',
      breaks: ['X'],
      commit: (changes, _module, next) => [...changes].forEach((item) => next(new Map([item]))),
    };
    const forgetful: Fault = {
      id: 'forgetful',
      describe: '',
      breaks: ['X'],
      commit: (changes, _module, next) => next(new Map([...changes].filter(([item]) => item !== 'b'))),
    };
    const saved: NvramChanges[] = [];
    firmwareWith(torn, forgetful).commit(
      new Map([
        ['a', '1'],
        ['b', '2'],
        ['c', undefined],
      ]),
      module,
      (changes) => saved.push(changes),
    );
    expect(saved).toEqual([new Map([['a', '1']]), new Map([['c', undefined]])]);
  });

  test('can ask for another boot', () => {
    const again: Fault = { id: 'again', describe: '', breaks: ['X'], booted: () => 'reset' };
    expect(firmwareWith(marking('1')).booted(module, 'soft')).toBe(false);
    expect(firmwareWith(again, marking('1')).booted(module, 'soft')).toBe(true);
  });
});

test('the text of a boot passes through the faults', () => {
  const twice: Fault = { ...marking('1'), bootText: (pieces) => [...pieces, ...pieces] };
  const rom = { part: 0, text: 'rom' };
  expect(firmwareWith(marking('2'), twice).bootText([rom], module)).toEqual([rom, rom]);
  expect(firmwareWith().bootText([rom], module)).toEqual([rom]);
});
