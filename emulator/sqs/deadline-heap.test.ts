import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Deadline, DeadlineHeap } from './deadline-heap.ts';

test('a deadline heap gives back what a sorted list would, whatever was removed in between', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 200 }), (steps) => {
      const heap = new DeadlineHeap<number>();
      let reference: Deadline<number>[] = [];
      for (const [rank, [dueMs, removes]] of steps.entries()) {
        if (removes && reference.length > 0) {
          const victim = reference[dueMs % reference.length];
          if (victim) heap.remove(victim);
          reference = reference.filter((deadline) => deadline !== victim);
        } else {
          reference.push(heap.add(rank, dueMs, rank));
        }
      }
      reference.sort((a, b) => a.dueMs - b.dueMs || a.rank - b.rank);
      for (const deadline of reference) {
        expect(heap.first).toBe(deadline);
        heap.remove(deadline);
        heap.remove(deadline);
      }
      expect(heap.first).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});
