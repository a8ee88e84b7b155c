import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { type BufferLimits, TimedBuffer } from './timed-buffer.ts';

function createBuffer(limits: BufferLimits) {
  const clock = new VirtualClock({ startMs: 0 });
  const current = { limits };
  const flushed: { atMs: number; items: readonly string[]; openedMs: number }[] = [];
  const buffer = new TimedBuffer<string, { openedMs: number; limits: BufferLimits }>(clock, {
    sizeOf: (item) => item.length,
    open: () => ({ openedMs: clock.now(), limits: current.limits }),
    limitsOf: (opened) => opened.limits,
    flush: (items, { openedMs }) => flushed.push({ atMs: clock.now(), items, openedMs }),
  });
  return { clock, buffer, current, flushed };
}

describe('a buffer', () => {
  test('is emptied when its first item has waited long enough, not its last', async () => {
    const { clock, buffer, flushed } = createBuffer({ bytes: 100, intervalMs: 10 });

    buffer.add(['a']);
    await clock.runUntil(6);
    buffer.add(['b']);
    await clock.runUntil(12);
    buffer.add(['c']);
    await clock.runUntil(30);

    expect(flushed).toEqual([
      { atMs: 10, items: ['a', 'b'], openedMs: 0 },
      { atMs: 22, items: ['c'], openedMs: 12 },
    ]);
  });

  test.each([
    ['fills it exactly', ['aaa', 'bb'], [['aaa', 'bb']]],
    ['does not fit any more', ['aaa', 'bbb'], [['aaa']]],
    ['is larger than all of it', ['aaaaaaa', 'b'], [['aaaaaaa']]],
    ['fills it many times', ['aaaaa', 'bbbbb', 'cc'], [['aaaaa'], ['bbbbb']]],
  ])('is emptied when what comes %s', (_what, items, expected) => {
    const { buffer, flushed } = createBuffer({ bytes: 5, intervalMs: 10 });

    buffer.add(items);

    expect(flushed.map((flush) => flush.items)).toEqual(expected);
  });

  test('with an interval of 0 lets go at once, and never puts two calls together', async () => {
    const { clock, buffer, flushed } = createBuffer({ bytes: 100, intervalMs: 0 });

    buffer.add(['a', 'b']);
    buffer.add(['c']);
    const atOnce = flushed.map(({ items }) => items);
    await clock.runUntil(10);

    expect(atOnce).toEqual([['a', 'b'], ['c']]);
    expect(flushed).toHaveLength(2);
  });

  test('keeps the limits that it was begun under until it is emptied', async () => {
    const { clock, buffer, current, flushed } = createBuffer({ bytes: 100, intervalMs: 10 });

    buffer.add(['a']);
    current.limits = { bytes: 1, intervalMs: 0 };
    buffer.add(['b']);
    await clock.runUntil(10);
    buffer.add(['c']);

    expect(flushed.map(({ atMs, items }) => [atMs, items])).toEqual([
      [10, ['a', 'b']],
      [10, ['c']],
    ]);
  });
});
