import { HilError } from '../base/error.ts';
import { readSubscription } from './subscription.ts';

/** A line that answers `AT+CIMI` and `AT+COPS?` with these lines; an error rejects. */
function line(cimi: readonly string[] | HilError, cops: readonly string[] | HilError) {
  const send = (command: string) => {
    const answer = command === 'AT+CIMI' ? cimi : cops;
    return answer instanceof HilError ? Promise.reject(answer) : Promise.resolve({ information: answer });
  };
  return { send } as unknown as Parameters<typeof readSubscription>[0];
}

test.each<[string, readonly string[], readonly string[], Awaited<ReturnType<typeof readSubscription>>]>([
  // uart-transcripts: a BC26 prints the bare number
  ['of a BC26', ['460001357924680'], ['+COPS: 0,2,"46000",9'], { imsi: '460001357924680', network: '46000' }],
  ['with a name', ['+CIMI: 262011234567890'], ['+COPS: 0'], { imsi: '262011234567890', network: undefined }],
  [
    'without blanks',
    ['460001357924680'],
    ['+COPS:1,2,"310410"'],
    { imsi: '460001357924680', network: '310410' },
  ],
  ['without a SIM', [], ['+COPS: 0'], { imsi: undefined, network: undefined }],
  [
    'by the name of the network',
    [],
    ['+COPS: 0,0,"CHINA MOBILE",9'],
    { imsi: undefined, network: undefined },
  ],
  ['of rubbish', ['46000135792468x'], ['+COPS: 0,2,"4600",9'], { imsi: undefined, network: undefined }],
])('answers %s', async (_whose, cimi, cops, expected) => {
  expect(await readSubscription(line(cimi, cops))).toEqual(expected);
});

test('what is not answered is not known; a lost port ends it', async () => {
  const error = (code: 'AT_TIMEOUT' | 'PORT_GONE'): HilError => new HilError(code, 'scripted');
  expect(await readSubscription(line(error('AT_TIMEOUT'), ['+COPS: 0,2,"46000",9']))).toEqual({
    imsi: undefined,
    network: '46000',
  });
  await expect(readSubscription(line([], error('PORT_GONE')))).rejects.toMatchObject({ code: 'PORT_GONE' });
});
