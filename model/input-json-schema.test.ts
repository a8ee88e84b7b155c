import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { computeInputJsonSchema } from './input-json-schema.ts';

describe('statemachines/input.schema.json', () => {
  test('is what the parser takes; after a change run node scripts/write-input-schema.ts', () => {
    const committed = readFileSync(join(import.meta.dirname, '..', 'statemachines', 'input.schema.json'), 'utf8');

    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(computeInputJsonSchema())));
  });
});
