import { describe, expect, test } from 'vitest';
import { InvocationBook } from './invocation-book.ts';

const warm = (requestId: string, receivedAtMs: number) => ({ requestId, receivedAtMs, coldStart: false, initMs: 0 });

describe('InvocationBook', () => {
  test('gives the same counts whatever it has forgotten', () => {
    const book = new InvocationBook(Number.POSITIVE_INFINITY);
    const invocations = 500;
    for (let index = 0; index < invocations; index++) {
      // Five invocations a minute, of one to three messages.
      for (let message = 0; message <= index % 3; message++) book.add(warm(`r${index}`, index * 12_000));
    }

    expect(book.summarise()).toEqual({
      requestIds: invocations,
      requestIdsInWindow: invocations,
      invocationSizes: [
        { messages: 1, invocations: 167 },
        { messages: 2, invocations: 167 },
        { messages: 3, invocations: 166 },
      ],
      coldStarts: 0,
      initMs: 0,
    });
  });

  test.each([
    [599_999, 1],
    [1_199_999, 1],
    [1_200_000, 2],
  ])('takes a request id that comes again after %i ms for %i invocations', (laterMs, requestIds) => {
    const book = new InvocationBook(Number.POSITIVE_INFINITY);
    book.add(warm('first', 0));
    book.add(warm('a', 0));
    book.add(warm('second', 600_000));
    book.add(warm('a', laterMs));

    expect(book.summarise().requestIds).toBe(2 + requestIds);
  });
});
