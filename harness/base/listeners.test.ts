import { Listeners, Once } from './listeners.ts';

test('listeners are called in order until they leave, and may leave during a call', () => {
  const heard: string[] = [];
  const listeners = new Listeners<number>();
  const leave = listeners.add((n) => {
    heard.push(`a${n}`);
    leave();
  });
  listeners.add((n) => heard.push(`b${n}`));
  listeners.tell(1);
  listeners.tell(2);
  expect(heard).toEqual(['a1', 'b1', 'b2']);
});

test('what happens once is reported once, also to listeners that are added afterwards', () => {
  const heard: string[] = [];
  const gone = new Once<string>();
  gone.add((why) => heard.push(`before: ${why}`));
  gone.add((why) => heard.push(`left: ${why}`))();
  expect(gone.heard).toBeUndefined();
  gone.tell('unplugged');
  gone.tell('again');
  gone.add((why) => heard.push(`after: ${why}`));
  expect(heard).toEqual(['before: unplugged', 'after: unplugged']);
  expect(gone.heard).toBe('unplugged');
});
