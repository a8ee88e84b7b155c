// What the children of a Map Run gave.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html

import type { ResultWriter } from '../definition/definition.ts';
import type { Execution } from '../execution/execution.ts';
import { isJsonArray, type JsonValue } from '../expressions/json-value.ts';
import type { MapRun } from './map-run.ts';
import { renderChild } from './render-child.ts';

/** Of all children, in the order of their items. */
export function collectResults(mapRun: MapRun, transformation: ResultWriter['transformation']): JsonValue[] {
  return mapRun.children.flatMap(({ execution }) => (execution ? transformChild(execution, transformation) : []));
}

/** A child that failed is never transformed: its execution stands for its output. */
export function transformChild(child: Execution, transformation: ResultWriter['transformation']): readonly JsonValue[] {
  if (!child.output || transformation === 'NONE') return [renderChild(child)];
  const { value } = child.output;
  return transformation === 'FLATTEN' && isJsonArray(value) ? value : [value];
}
