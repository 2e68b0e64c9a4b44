import { createAccess } from './access.ts';
import { fakeDmp } from './fake-dmp.fixture.ts';

const server = { serverIP: '192.0.2.1', serverPort: 5683, updatePeriod: 300 };

const answering = (command: string, ...reply: string[]): ReturnType<typeof createAccess> =>
  createAccess(fakeDmp({}, { replies: { [command]: reply } }));

describe('AT+QDMPCFG in words', () => {
  test('saves and reads back each record', async () => {
    const dmp = fakeDmp();
    const access = createAccess(dmp);
    await access.saveMode(0);
    await access.saveServer(server);
    await access.saveCredentials({
      appKey: 'M1',
      password: '95GoSecret',
      tmlType: 1,
      tmlImei: '863703030822519',
    });
    expect(await access.savedMode()).toEqual({ dmmode: 0, text: '0,0', blanks: 0 });
    expect(await access.savedServer()).toMatchObject(server);
    expect(await access.savedCredentials()).toMatchObject({
      appKey: 'M1',
      password: '95Go****',
      tmlType: 1,
      tmlImei: '863703030822519',
    });
    expect(dmp.commands.slice(0, 3)).toEqual([
      'AT+QDMPCFG=0,0',
      'AT+QDMPCFG=1,192.0.2.1,5683,300',
      'AT+QDMPCFG=2,"M1","95GoSecret",1,863703030822519',
    ]);
  });

  test('the test form may be answered in several lines, each with the prefix, but not in none', async () => {
    const form = 'AT+QDMPCFG=?';
    const ranges = ['+QDMPCFG: 0,(0,1)', '+QDMPCFG: 1,(1-65535),(300-4294966)'];
    expect(await answering(form, ...ranges, 'OK').test()).toEqual(['0,(0,1)', '1,(1-65535),(300-4294966)']);
    for (const lines of [[], ['+QDMPCFGEX: 0'], [...ranges, '(4-6)']]) {
      await expect(answering(form, ...lines, 'OK').test()).rejects.toMatchObject({
        code: 'AT_ANSWER_MALFORMED',
        message: expect.stringContaining('expected one line or more beginning "+QDMPCFG: "') as string,
      });
    }
  });

  test('reads the values in use, blanks and all', async () => {
    const access = answering(
      'AT+QDMPCFG?',
      '+QDMPCFG: 0, 1',
      '+QDMPCFG: 1,117.161.2.7,5683,420',
      '+QDMPCFG: 2,M100000089,95Go****,1,863703030822519',
      'OK',
    );
    expect(await access.read()).toMatchObject({
      mode: { dmmode: 1, text: '0, 1', blanks: 1 },
      server: { serverIP: '117.161.2.7', serverPort: 5683, updatePeriod: 420, blanks: 0 },
      credentials: { appKey: 'M100000089', password: '95Go****' },
    });
  });

  test('names the state, and passes on a number the note does not name', async () => {
    expect(await answering('AT+QDMPCFG=6', '+QDMPCFG: 6,11', 'OK').state()).toMatchObject({
      dmstate: 11,
      name: 'DMP_UPDATE_SUCCESS',
    });
    expect(await answering('AT+QDMPCFG=6', '+QDMPCFG: 6,3', 'OK').state()).toMatchObject({
      dmstate: 3,
      name: undefined,
    });
  });

  test('a refusal is AT_REFUSED, with the wire, and without the private key', async () => {
    const access = answering('AT+QDMPCFG=2,"M1","95GoSecret",1,1', '+CME ERROR: 50');
    const refused = access.saveCredentials({
      appKey: 'M1',
      password: '95GoSecret',
      tmlType: 1,
      tmlImei: '1',
    });
    await expect(refused).rejects.toMatchObject({
      code: 'AT_REFUSED',
      message: 'AT+QDMPCFG=2,"M1","95Go****",1,1 was refused: +CME ERROR: 50',
      wire: Buffer.from('\r\n+CME ERROR: 50\r\n'),
    });
  });

  test('as an exchange, a refusal is an answer', async () => {
    const { send } = answering('AT+QDMPCFG=1,192.0.2.1,65536,300', 'ERROR');
    expect(await send.server({ ...server, serverPort: 65_536 })).toMatchObject({
      final: { kind: 'ERROR', text: 'ERROR' },
    });
  });

  test.each([
    [['+QDMPCFG:0,1', 'OK']],
    [['+QDMPCFGEX: 0,1', 'OK']],
    [['+QDMPCFG: 1,1', 'OK']],
    [['+QDMPCFG: 0', 'OK']],
    [['+QDMPCFG: 0,', 'OK']],
    [['+QDMPCFG: 0,one', 'OK']],
    [['+QDMPCFG: 0,1', '+QDMPCFG: 0,1', 'OK']],
    [['OK']],
  ])('an answer of another form is AT_ANSWER_MALFORMED: %j', async (reply) => {
    await expect(answering('AT+QDMPCFG=4,0', ...reply).savedMode()).rejects.toMatchObject({
      code: 'AT_ANSWER_MALFORMED',
      message: expect.stringMatching(/^AT\+QDMPCFG=4,0: expected .* the answer was "\\r\\n/) as string,
    });
  });

  test('the read command’s lines come in the order of their types', async () => {
    const shuffled = answering(
      'AT+QDMPCFG?',
      '+QDMPCFG: 1,117.161.2.7,5683,420',
      '+QDMPCFG: 0,1',
      '+QDMPCFG: 2,M1,95Go****,1,1',
      'OK',
    );
    await expect(shuffled.read()).rejects.toMatchObject({ code: 'AT_ANSWER_MALFORMED' });
  });
});
