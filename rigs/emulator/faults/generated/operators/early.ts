import type { Operator } from '../operator.ts';

export const operators: readonly Operator[] = [
  {
    id: 'early',
    group: 'early',
    describe: 'is the saved one before a reboot',
    at: (place) => (place.on === 'value' ? place.early : undefined),
  },
];
