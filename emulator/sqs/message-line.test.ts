import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageLine } from './message-line.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.nat(2000) },
  { weight: 2, arbitrary: fc.constantFrom('take', 'clear') },
);

test('a message line gives back what an array would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const line = new MessageLine<number>();
      const reference: number[] = [];
      for (const action of steps) {
        if (action === 'clear') {
          line.clear();
          reference.length = 0;
        } else if (action === 'take') {
          for (let times = 0; times < 700; times++) expect(line.takeFirst()).toBe(reference.shift());
        } else {
          for (let value = 0; value < action; value++) {
            line.add(value);
            reference.push(value);
          }
        }
      }
      for (const value of reference) expect(line.takeFirst()).toBe(value);
      expect(line.takeFirst()).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});
