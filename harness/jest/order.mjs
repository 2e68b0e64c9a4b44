/**
 * Runs the suite files in the order of their names. Jest's own order depends on earlier runs. JavaScript, since Jest on
 * Node 20 loads sequencers without its transform.
 */
import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

export default class InNameOrder extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
