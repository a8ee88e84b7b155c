import { describe, expect, test } from 'vitest';
import { EVENTS_MAX, LogGroup, STREAMS_MAX, TEXT_LENGTH_MAX } from './log-group.ts';

const ALL = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

describe('a log group', () => {
  test('keeps its last events', () => {
    const group = new LogGroup('g', 0, undefined);
    const stream = group.createStream('s', 0);
    for (let index = 0; index < 3 * EVENTS_MAX; index++) group.append(stream, index, index, () => `${index}`);

    const events = group.read(ALL, 0);

    expect(events.length).toBe(EVENTS_MAX);
    expect(events[0]?.timestampMs).toBe(2 * EVENTS_MAX);
  });

  test('keeps so many characters', () => {
    const group = new LogGroup('g', 0, undefined);
    const stream = group.createStream('s', 0);
    for (let index = 0; index < 5; index++) group.append(stream, index, index, 'x'.repeat(TEXT_LENGTH_MAX / 4));

    expect(group.read(ALL, 0).map(({ timestampMs }) => timestampMs)).toEqual([1, 2, 3, 4]);
  });

  test('lets its oldest stream go', () => {
    const group = new LogGroup('g', 0, undefined);
    for (let index = 0; index <= STREAMS_MAX; index++) group.createStream(`s${index}`, 0);

    expect(group.streams.length).toBe(STREAMS_MAX);
    expect(() => group.findStream('s0')).toThrow('The specified log stream does not exist.');
  });

  test('gives events of one millisecond as they came in', () => {
    const group = new LogGroup('g', 0, undefined);
    const stream = group.createStream('s', 0);
    for (const [timeMs, text] of [
      [2, 'b'],
      [1.2, 'a'],
      [2, 'c'],
    ] as const)
      group.append(stream, timeMs, 3, text);

    expect(group.read(ALL, 3).map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  });
});
