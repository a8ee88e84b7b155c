import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBatchItem, cutBatch, renderEvent } from './batch.ts';

const LIMIT = 6 * 1024 * 1024;
const EMPTY_EVENT_BYTES = '{"Records":[]}'.length;
/** A record whose JSON has so many bytes. */
const weighing = (bytes: number) => createBatchItem({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

describe('cutBatch', () => {
  test.each([
    [[], 2, { count: 0, isFull: false }],
    [[10], 2, { count: 1, isFull: false }],
    [[10, 10], 2, { count: 2, isFull: true }],
    [[10, 10, 10], 2, { count: 2, isFull: true }],
    [[LIMIT / 2, LIMIT / 2], 10, { count: 1, isFull: true }],
    [[LIMIT + 1], 10, { count: 1, isFull: false }],
    [[LIMIT + 1, 10], 10, { count: 1, isFull: true }],
  ])('takes of records of %j bytes, %i at most, %o', (sizes, batchSize, expected) => {
    expect(cutBatch(sizes.map(weighing), batchSize)).toEqual(expected);
  });

  test('never makes an event heavier than 6 MB, and stops for no other reason than size', () => {
    const record = fc.record({
      body: fc.string({ unit: 'binary', maxLength: 60 }),
      repeat: fc.integer({ min: 1, max: 3e4 }),
    });
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 1, max: 12 }), (drawn, batchSize) => {
        const items = drawn.map(({ body, repeat }) => createBatchItem({ body: body.repeat(repeat) }));
        const { count, isFull } = cutBatch(items, batchSize);
        const bytes = renderEvent(items.slice(0, count)).length;

        expect(count <= 1 || bytes <= LIMIT).toBe(true);
        expect(isFull).toBe(count === batchSize || count < items.length);
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});

describe('renderEvent', () => {
  test('is the JSON of all records', () => {
    const records = [{ body: 'ü "quoted"' }, { body: '' }];

    expect(JSON.parse(String(renderEvent(records.map(createBatchItem))))).toEqual({ Records: records });
    expect(renderEvent([]).length).toBe(EMPTY_EVENT_BYTES);
  });
});
