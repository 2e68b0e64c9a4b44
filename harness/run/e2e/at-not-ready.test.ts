import { jest } from '@jest/globals';

import { run } from './qualify.fixture.ts';
import { startScriptedModule } from './scripted-module.fixture.ts';

jest.setTimeout(180_000);

/** A healthy module's answers to what makes it ready. */
const healthy = (command: string): readonly string[] => {
  if (command === 'ATI') return ['Quectel_Ltd', 'Quectel_BC26', 'Revision: BC26NBR01A07', 'OK'];
  return command === 'AT+CGSN=1' ? ['+CGSN: 863703030822519', 'OK'] : ['OK'];
};

describe('at, on a module behind a line without pace', () => {
  test('that cannot be made ready: nothing is sent, and the rig is to blame', async () => {
    const module = await startScriptedModule((command) =>
      command === 'AT+CMEE=1' ? ['ERROR'] : healthy(command),
    );
    const ended = await run(['at', '--rig', module.rig, 'AT+QGMR']);
    await module.end();
    expect(ended).toMatchObject({ exitCode: 3, stdout: '' });
    expect(ended.stderr).toMatch(/^NOT_READY: nothing was sent, .*: AT\+CMEE=1 was refused: ERROR\n/);
    expect(ended.stderr).toContain(`bc26-hil console --rig ${module.rig}`);
    expect(ended.stderr).not.toContain('trace');
    expect(module.commands).not.toContain('AT+QGMR');
  });

  test('that is silent to a command: no trace is named, since none is kept', async () => {
    const module = await startScriptedModule((command) => (command === 'AT+QGMR' ? [] : healthy(command)));
    const ended = await run(['at', '--rig', module.rig, 'ATI', 'AT+QGMR']);
    await module.end();
    expect(ended.exitCode).toBe(1);
    // The answer is there before the command could have left a wire of this speed.
    expect(ended.stdout).toMatch(/^ATI\nQuectel_Ltd\n(.*\n)*OK {2}\(\d+\.\d ms\)\n?$/);
    expect(ended.stderr).toMatch(/^AT_TIMEOUT: /);
    expect(ended.stderr).not.toContain('trace');
  });
});
