// The execution input as JSON Schema, for editors: made from the parser's schema and the fields' table.

import * as z from 'zod/mini';
import { inputSchema } from './input.ts';
import { INPUT_FIELDS } from './input-fields.ts';

/** Lists whose items must differ, which the parser checks as a rule of its own. */
const DISTINCT_FIELDS: ReadonlySet<string> = new Set(['batchSizes', 'services']);

/** JSON Schema, draft 2020-12. Rules that more than one field takes part in cannot be said in it. */
export function computeInputJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, properties = {}, ...rest } = z.toJSONSchema(inputSchema, { io: 'input' });
  return {
    $schema,
    title: 'Execution input of the showdown',
    ...rest,
    properties: Object.fromEntries(
      INPUT_FIELDS.map(({ name, range, meaning }) => [
        name,
        {
          description: `${meaning} (${range})`,
          ...asObject(properties[name]),
          ...(DISTINCT_FIELDS.has(name) && { uniqueItems: true }),
        },
      ]),
    ),
  };
}

function asObject(schema: unknown): object {
  return typeof schema === 'object' && schema !== null ? schema : {};
}
