import { createAccess } from '../cmdmp/access.ts';
import { fakeDmp } from '../cmdmp/fake-dmp.ts';
import { hasCode } from '../base/error.ts';
import { guardStrangers } from './strangers.ts';

const nobody = '1,192.0.2.7,5683,420';
const stranger = '1,198.51.100.9,5683,420';

/** Whether a module with these saved records may be rebooted, `last` given right before it. */
async function mayReboot(
  saved: Readonly<Record<string, string>>,
  last?: string,
  platform?: string,
): Promise<boolean> {
  try {
    await guardStrangers(createAccess(fakeDmp(saved)), platform, last);
    return true;
  } catch (error) {
    if (hasCode(error, 'STRANGER_AT_REBOOT')) return false;
    throw error;
  }
}

describe('no test contacts strangers', () => {
  test.each([
    ['access disabled, whatever the server', { 'QDMPCFG 0': '0,0', 'QDMPCFG 1': stranger }, true],
    ['enabled, at an address that is nobody’s', { 'QDMPCFG 0': '0,1', 'QDMPCFG 1': nobody }, true],
    ['no mode saved, at an address that is nobody’s', { 'QDMPCFG 1': nobody }, true],
    ['enabled, at a stranger’s', { 'QDMPCFG 0': '0,1', 'QDMPCFG 1': stranger }, false],
    ['nothing saved', {}, false],
    ['enabled, no server saved', { 'QDMPCFG 0': '0,1' }, false],
  ])('%s', async (_name, saved, may) => {
    expect(await mayReboot(saved)).toBe(may);
  });

  test('the rig’s own platform is no stranger', async () => {
    const saved = { 'QDMPCFG 0': '0,1', 'QDMPCFG 1': stranger };
    expect(await mayReboot(saved, undefined, '198.51.100.9')).toBe(true);
  });

  const disabled = { 'QDMPCFG 0': '0,0', 'QDMPCFG 1': stranger };
  const enabled = { 'QDMPCFG 0': '0,1', 'QDMPCFG 1': nobody };

  test.each([
    ['disabled, then enabled', disabled, 'AT+QDMPCFG=0,1', false],
    ['disabled, then the mode erased', disabled, 'AT+QDMPCFG=5,0', false],
    ['disabled, then all erased', disabled, 'AT+QDMPCFG=5,4', false],
    ['disabled, then the server erased', disabled, 'AT+QDMPCFG=5,1', true],
    ['disabled, then another server', disabled, 'AT+QDMPCFG=1,117.161.2.41,5683,86400', true],
    ['enabled, then another address of nobody', enabled, 'AT+QDMPCFG=1,192.0.2.9,5683,300', true],
    ['enabled, then a stranger', enabled, 'AT+QDMPCFG=1,117.161.2.41,5683,300', false],
    ['enabled, then the server erased', enabled, 'AT+QDMPCFG=5,1', false],
    ['enabled, then the mode erased', enabled, 'AT+QDMPCFG=5,0', true],
    ['enabled, then the credentials erased', enabled, 'AT+QDMPCFG=5,2', true],
    ['enabled, then an extended record', enabled, 'AT+QDMPCFGEX=1,0,"00-01"', true],
    ['a stranger’s, then disabled: it may not come into force', {}, 'AT+QDMPCFG=0,0', false],
  ])(
    'a command right before the reboot may or may not come into force: %s',
    async (_name, saved, last, may) => {
      expect(await mayReboot(saved, last)).toBe(may);
    },
  );
});
