// Which items a Map goes over, and what its iterations get of them.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { MapState } from '../definition/definition.ts';
import { isJsonArray, isJsonObject } from '../expressions/json-value.ts';
import { Payload } from '../expressions/payload.ts';
import type { MapItem } from './strand.ts';
import type { Visit } from './visit.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const STATE_DATA = 'STATE_DATA';

/** An item and what its iteration gets as input. */
export interface SelectedItem {
  readonly item: MapItem;
  readonly input: Payload;
}

/** The items that the state has in hand: those of Items, else of its input. */
export async function evaluateItems(visit: Visit, state: MapState): Promise<readonly MapItem[]> {
  const items = state.items ? await visit.evaluate(state.items) : visit.input.value;
  if (isJsonObject(items)) throw new UnsupportedFeatureError(`state ${state.name}`, 'a Map over an object');
  const values = isJsonArray(items)
    ? items
    : await visit.evaluateArray(state.items ?? { kind: 'literal', location: 'Items', value: items });
  return values.map((value, index) => ({ index, value, source: STATE_DATA }));
}

export async function selectItems(
  visit: Visit,
  state: MapState,
  items: readonly MapItem[],
): Promise<readonly SelectedItem[]> {
  const selected: SelectedItem[] = [];
  for (const item of items) {
    const input = state.itemSelector ? await visit.evaluate(state.itemSelector, undefined, item) : item.value;
    selected.push({ item, input: new Payload(input) });
  }
  return selected;
}
