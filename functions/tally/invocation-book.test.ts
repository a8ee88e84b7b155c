import { describe, expect, test } from 'vitest';
import { InvocationBook } from './invocation-book.ts';

const ALWAYS = { startMs: 0, endMs: Number.POSITIVE_INFINITY };
const warm = (requestId: string, receivedAtMs: number) => ({ requestId, receivedAtMs, coldStart: false, initMs: 0 });

describe('InvocationBook', () => {
  test('gives the same counts whatever it has forgotten', () => {
    const book = new InvocationBook(ALWAYS);
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
    const book = new InvocationBook(ALWAYS);
    book.add(warm('first', 0));
    book.add(warm('a', 0));
    book.add(warm('second', 600_000));
    book.add(warm('a', laterMs));

    expect(book.summarise().requestIds).toBe(2 + requestIds);
  });

  test.each([
    ['before the trial began', 999, 0],
    ['within its minutes', 1000, 1],
    ['at the end of them', 1999, 1],
    ['after them', 2000, 0],
  ])('counts an invocation that handled only warm-up %s %i times', (_when, receivedAtMs, requestIdsInWindow) => {
    const book = new InvocationBook({ startMs: 1000, endMs: 2000 });
    book.addWarmUp(warm('a', receivedAtMs));

    expect(book.summarise()).toMatchObject({ requestIds: 0, requestIdsInWindow });
  });

  test.each(['warm-up', 'messages'])(
    'counts an invocation once that handled both, whether its %s come first',
    (first) => {
      const book = new InvocationBook(ALWAYS);
      const steps = [() => book.addWarmUp(warm('a', 5)), () => book.add(warm('a', 5))];
      for (const step of first === 'warm-up' ? steps : steps.toReversed()) step();

      expect(book.summarise()).toMatchObject({ requestIds: 1, requestIdsInWindow: 1 });
    },
  );
});
