// Whatever is asked of an operation, it answers: with a result, one of AWS's errors, or an error that names what is not modelled.
// It never crashes or hangs, and what it set going goes well too. The requests are the same every time.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsError, UnsupportedFeatureError } from '../../emulator/kernel/errors.ts';
import type { Operation } from '../../emulator/kernel/operation.ts';
import { arbitraryInput } from './arbitrary-input.ts';
import { createFuzzedAccount } from './create-fuzzed-account.fixture.ts';

const SEED = 20_261_124;
const CALLS_OF_AN_OPERATION = 150;
const HOUR_MS = 3_600_000;

const { services } = createFuzzedAccount();
const operations = Object.values(services).flatMap(({ service }) =>
  service.operations.map((operation: Operation) => ({ service: service.name, name: operation.name, operation })),
);

describe('the gateway', () => {
  test.each(operations)('answers whatever is asked of $service: $name', async ({ service, name, operation }) => {
    const { call, pass } = createFuzzedAccount();

    await fc.assert(
      fc.asyncProperty(arbitraryInput(operation), async (input) => {
        const outcome = await call(service, name, reviveBlobs(name, input)).catch((error: unknown) => error);
        if (outcome instanceof AwsError) expect(outcome.code).toMatch(/^[A-Z][\w.]+$/);
        else if (outcome instanceof Error && !(outcome instanceof UnsupportedFeatureError)) throw outcome;
      }),
      { seed: SEED, numRuns: CALLS_OF_AN_OPERATION, endOnFailure: true },
    );
    await pass(HOUR_MS);
  });
});

/** Raw bodies reach the gateway as buffers. */
function reviveBlobs(operation: string, input: unknown): object {
  if (typeof input !== 'object' || input === null) return { input };
  const name = { PutObject: 'Body', UploadPart: 'Body', Invoke: 'Payload' }[operation];
  if (name === undefined || !Object.hasOwn(input, name)) return input;
  return { ...input, [name]: Buffer.from(JSON.stringify(Reflect.get(input, name)) ?? '') };
}
