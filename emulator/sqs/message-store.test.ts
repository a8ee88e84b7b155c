import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageStore } from './message-store.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ add: fc.nat(3000) }) },
  { weight: 3, arbitrary: fc.record({ deleteOldest: fc.nat(3000) }) },
  { weight: 2, arbitrary: fc.record({ deleteEvery: fc.integer({ min: 2, max: 5 }) }) },
  { weight: 1, arbitrary: fc.constant({ clear: true }) },
);

test('a message store finds what a Map would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const store = new MessageStore<string>();
      const reference = new Map<number, string>();
      const remove = (number: number) => {
        store.delete(number);
        reference.delete(number);
      };
      for (const action of steps) {
        if ('add' in action) {
          for (let count = 0; count < action.add; count++) {
            const number = store.nextNumber;
            store.add(`m${number}`);
            reference.set(number, `m${number}`);
          }
        } else if ('deleteOldest' in action) {
          for (const number of [...reference.keys()].slice(0, action.deleteOldest)) remove(number);
        } else if ('deleteEvery' in action) {
          for (const number of reference.keys()) if (number % action.deleteEvery === 0) remove(number);
        } else {
          store.clear();
          reference.clear();
        }
        expect(store.findOldest()).toBe(reference.values().next().value);
      }
      for (let number = -1; number <= store.nextNumber; number++) expect(store.get(number)).toBe(reference.get(number));
    }),
    { numRuns: 30 },
  );
});
