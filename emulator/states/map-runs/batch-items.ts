// ItemBatcher: several items in one child execution.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html

import type { ItemBatcher } from '../definition/definition.ts';
import type { SelectedItem } from '../execution/select-items.ts';
import type { Visit } from '../execution/visit.ts';
import type { JsonObject, JsonValue } from '../expressions/json-value.ts';
import { PAYLOAD_BYTES_MAX, Payload } from '../expressions/payload.ts';

/** What one child is started with. */
export interface ChildInput {
  readonly input: Payload;
  /** Items in it: failures are counted in items. */
  readonly itemCount: number;
}

/**
 * Fills each batch until the next item would make it too many or too large.
 * @throws {StateError} `States.DataLimitExceeded` when one item alone is too large.
 */
export async function batchItems(
  visit: Visit,
  batcher: ItemBatcher | undefined,
  selected: readonly SelectedItem[],
): Promise<readonly ChildInput[]> {
  if (!batcher) return selected.map(({ input }) => ({ input: visit.limit(input), itemCount: 1 }));
  const itemsMax = batcher.itemsMax
    ? await visit.evaluateInteger(batcher.itemsMax, 1, Number.MAX_SAFE_INTEGER)
    : Number.POSITIVE_INFINITY;
  const bytesMax = batcher.bytesMax
    ? await visit.evaluateInteger(batcher.bytesMax, 1, PAYLOAD_BYTES_MAX)
    : PAYLOAD_BYTES_MAX;
  const shared: JsonObject = batcher.batchInput ? { BatchInput: await visit.evaluate(batcher.batchInput) } : {};
  const emptyBytes = Buffer.byteLength(JSON.stringify({ ...shared, Items: [] }));
  const batches: ChildInput[] = [];
  let items: JsonValue[] = [];
  let batchBytes = emptyBytes;
  const close = () => {
    if (items.length > 0) batches.push({ input: new Payload({ ...shared, Items: items }), itemCount: items.length });
    items = [];
    batchBytes = emptyBytes;
  };
  for (const { input } of selected) {
    const bytes = input.byteLength;
    const comma = items.length > 0 ? 1 : 0;
    if (items.length >= itemsMax || batchBytes + comma + bytes > bytesMax) close();
    if (emptyBytes + bytes > bytesMax) throw visit.failSize();
    batchBytes += (items.length > 0 ? 1 : 0) + bytes;
    items.push(input.value);
  }
  close();
  return batches;
}
