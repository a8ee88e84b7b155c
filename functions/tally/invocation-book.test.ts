import { describe, expect, test } from 'vitest';
import { InvocationBook } from './invocation-book.ts';

const ALWAYS = { startMs: 0, endMs: Number.POSITIVE_INFINITY };
const warm = (requestId: string, receivedAtMs: number) => ({ requestId, receivedAtMs, coldStart: false, initMs: 0 });

describe('InvocationBook', () => {
  test('tells how many invocations had how many messages', () => {
    const book = new InvocationBook(ALWAYS);
    const invocations = 500;
    for (let index = 0; index < invocations; index++) {
      // Of one to three messages.
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
    ['the first attempt', 1000, 2500],
    ['the second attempt', 2500, 1000],
  ])('counts an invocation once that was tried again, and within the window by %s', (_which, firstMs, secondMs) => {
    const book = new InvocationBook({ startMs: 0, endMs: 2000 });
    book.add(warm('a', firstMs));
    book.add({ ...warm('a', secondMs), coldStart: true, initMs: 300 });

    expect(book.summarise()).toEqual({
      requestIds: 1,
      requestIdsInWindow: 1,
      invocationSizes: [{ messages: 2, invocations: 1 }],
      coldStarts: 1,
      initMs: 300,
    });
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
