import { ManualClock } from '../base/manual-clock.fixture.ts';
import { listenForStop } from './signals.ts';

test('the second signal is told apart from the first, even where npm sends each twice', () => {
  const clock = new ManualClock();
  const stop = listenForStop(clock);
  const heard: string[] = [];
  stop.onRequest(({ why }) => heard.push(why));
  stop.onRepeat(() => heard.push('again'));
  try {
    process.emit('SIGINT');
    clock.advance(400);
    process.emit('SIGINT');
    expect(heard).toEqual(['SIGINT']);
    clock.advance(200);
    process.emit('SIGTERM');
    process.emit('SIGTERM');
    expect(heard).toEqual(['SIGINT', 'again']);
    expect(stop.request).toEqual({ signal: 'SIGINT', why: 'SIGINT' });
  } finally {
    stop.end();
  }
});
