// The Plan state: parses the input, decides everything, and refuses what could not end well.

import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { parseInput } from '../../model/input.ts';
import { computePlan } from '../../model/plan.ts';
import type { Plan } from '../../model/trial.ts';
import { assertNoOtherRun } from './assert-no-other-run.ts';

const eventSchema = z.strictObject({
  input: z.unknown(),
  execution: z.strictObject({
    id: z.string().check(z.minLength(1)),
    name: z.string().check(z.minLength(1)),
    startTime: z.iso.datetime(),
    stateMachineId: z.string().check(z.minLength(1)),
  }),
});

const variables = z.object({ AWS_REGION: z.string().check(z.minLength(1)) }).parse(process.env);
const sfn = new SFNClient({});

/**
 * @throws {InvalidInputError}, {PlanTooLargeError}, {CostLimitError}, {UnknownPriceError}, {RunInProgressError}
 */
export async function handler(event: unknown): Promise<Plan> {
  const { input, execution } = eventSchema.parse(event);
  const plan = computePlan({
    input: parseInput(input),
    runId: execution.name,
    startedAtMs: Date.parse(execution.startTime),
    region: variables.AWS_REGION,
  });
  await assertNoOtherRun(sfn, execution);
  return plan;
}
