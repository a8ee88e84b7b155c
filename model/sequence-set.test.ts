import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SequenceSet } from './sequence-set.ts';

test('SequenceSet has what a Set has', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(100), fc.nat(10_000_000)), { maxLength: 200 }), (sequences) => {
      const set = new SequenceSet();
      const reference = new Set<number>();
      for (const sequence of sequences) {
        expect(set.add(sequence)).toBe(!reference.has(sequence));
        reference.add(sequence);
      }
      expect(set.size).toBe(reference.size);
    }),
  );
});

test.each([31, 32, 32_767, 32_768, 65_535, 65_536])('SequenceSet holds %i and none of its neighbours', (sequence) => {
  const set = new SequenceSet();
  set.add(sequence);

  expect([set.add(sequence - 1), set.add(sequence + 1), set.add(sequence)]).toEqual([true, true, false]);
});
