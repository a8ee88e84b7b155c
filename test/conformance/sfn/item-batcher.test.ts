// Rule: ItemBatcher gives each child execution several items, up to a number and a size, besides what they share.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html

import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const ITEMS = ['a', 'b', 'c', 'd', 'e'];
/** Of `{"Items":["a","b"]}`. */
const TWO_ITEMS_BYTES = 19;

describe('an ItemBatcher', () => {
  test.each<[object, unknown]>([
    [{ MaxItemsPerBatch: 2 }, [['a', 'b'], ['c', 'd'], ['e']]],
    [{ MaxItemsPerBatch: '{% 4 %}' }, [['a', 'b', 'c', 'd'], ['e']]],
    [{ MaxInputBytesPerBatch: TWO_ITEMS_BYTES }, [['a', 'b'], ['c', 'd'], ['e']]],
    [{ MaxInputBytesPerBatch: TWO_ITEMS_BYTES - 1 }, [['a'], ['b'], ['c'], ['d'], ['e']]],
    [{ MaxItemsPerBatch: 3, MaxInputBytesPerBatch: TWO_ITEMS_BYTES }, [['a', 'b'], ['c', 'd'], ['e']]],
  ])('with %j gives batches within its limits', async (batcher, expected) => {
    const { run } = createTestWorld();

    const { output } = await run(distributedMap({ ItemBatcher: batcher }), ITEMS);

    expect(output).toEqual((expected as unknown[]).map((items) => ({ Items: items })));
  });

  test('puts BatchInput beside the items of each batch, and counts it in', async () => {
    const { run } = createTestWorld();
    const batcher = { MaxInputBytesPerBatch: 40, BatchInput: { n: '{% $count($states.input) %}' } };

    const { output } = await run(distributedMap({ ItemBatcher: batcher }), ITEMS);

    expect(output).toEqual([
      { BatchInput: { n: 5 }, Items: ['a', 'b'] },
      { BatchInput: { n: 5 }, Items: ['c', 'd'] },
      { BatchInput: { n: 5 }, Items: ['e'] },
    ]);
  });

  test('batches what the ItemSelector made', async () => {
    const { run } = createTestWorld();
    const map = {
      ItemSelector: { i: '{% $states.context.Map.Item.Index %}' },
      ItemBatcher: { MaxItemsPerBatch: 9 },
    };

    expect((await run(distributedMap(map), ['a', 'b'])).output).toEqual([{ Items: [{ i: 0 }, { i: 1 }] }]);
  });

  test('without a size fills each batch up to 256 KiB', async () => {
    const { run } = createTestWorld();
    const item = 'x'.repeat(100_000);
    const map = {
      ItemBatcher: { MaxItemsPerBatch: 9 },
      Items: '{% [1..3].($states.input.x) %}',
    };

    const { output } = await run(
      distributedMap(map, { I: { Type: 'Pass', Output: '{% $count($states.input.Items) %}', End: true } }),
      { x: item },
    );

    expect(output).toEqual([2, 1]);
  });

  test('fails with States.DataLimitExceeded when one item alone is too large', async () => {
    const { run } = createTestWorld();

    const { error } = await run(distributedMap({ ItemBatcher: { MaxInputBytesPerBatch: 13 } }), ITEMS);

    expect(error).toBe('States.DataLimitExceeded');
  });

  test('counts every item of a batch that fails as failed', async () => {
    const fails = {
      I: { Type: 'Choice', Choices: [{ Condition: "{% 'a' in $states.input.Items %}", Next: 'F' }], Default: 'S' },
      F: { Type: 'Fail' },
      S: { Type: 'Succeed' },
    };
    const runWith = async (ToleratedFailureCount: number) => {
      const map = { ItemBatcher: { MaxItemsPerBatch: 2 }, ToleratedFailureCount };
      return (await createTestWorld().run(distributedMap(map, fails), ITEMS)).status;
    };

    expect(await runWith(2)).toBe('SUCCEEDED');
    expect(await runWith(1)).toBe('FAILED');
  });
});
