import { extendedRecords } from '../clauses/limits.ts';
import { createExtended } from './extended.ts';
import { fakeDmp } from './fake-dmp.fixture.ts';

describe('AT+QDMPCFGEX in words', () => {
  test.each(extendedRecords)('saves, reads and erases record $type', async ({ type, fields }) => {
    const extended = createExtended(fakeDmp());
    const values = fields.map(({ name }) => `a ${name}`);
    await extended.save(type, values);
    expect(await extended.read(type)).toEqual({
      type,
      values,
      text: [type, ...values].join(','),
      blanks: 0,
    });
    await extended.erase(type);
    expect((await extended.read(type)).values).toEqual(values.map(() => 'NULL'));
  });

  test('the test form may be answered in several lines', async () => {
    const replies = { 'AT+QDMPCFGEX=?': ['+QDMPCFGEX: 0,(0-2)', '+QDMPCFGEX: 1,(0-2)', 'OK'] };
    expect(await createExtended(fakeDmp({}, { replies })).test()).toEqual(['0,(0-2)', '1,(0-2)']);
  });

  test('commas in a record of one field are data', async () => {
    const extended = createExtended(fakeDmp());
    await extended.save(5, ['31.84,117.20,OTDOA']);
    expect((await extended.read(5)).values).toEqual(['31.84,117.20,OTDOA']);
  });

  test('too few values are a malformed answer, a refusal is AT_REFUSED', async () => {
    const short = { 'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,one', 'OK'], 'AT+QDMPCFGEX=1,2': ['ERROR'] };
    const extended = createExtended(fakeDmp({}, { replies: short }));
    await expect(extended.read(3)).rejects.toMatchObject({ code: 'AT_ANSWER_MALFORMED' });
    await expect(extended.erase(1)).rejects.toMatchObject({ code: 'AT_REFUSED' });
    expect((await extended.send.erase(1)).final.kind).toBe('ERROR');
  });

  test('what cannot be quoted goes as a raw parameter only', async () => {
    const dmp = fakeDmp();
    const { send } = createExtended(dmp);
    await expect(send.save(1, ['a"b'])).rejects.toMatchObject({ code: 'USAGE' });
    await send.write(1, 0, '"a"b"');
    expect(dmp.commands).toEqual(['AT+QDMPCFGEX=1,0,"a"b"']);
  });
});
