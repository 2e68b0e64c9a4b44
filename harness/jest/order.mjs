/**
 * Runs the suite files by name: a fixed order, whatever ran slowest last time. JavaScript, since Jest on
 * Node 20 loads sequencers outside its transform.
 */
import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

export default class InNameOrder extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
