import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWorld, type RunnableWorld, type WorldOptions } from './create-world.ts';
import { defineOperation } from './operation.ts';
import type { MetricSink } from './world.ts';

const OPTIONS: WorldOptions<MetricSink> = {
  seed: 1,
  startMs: Date.UTC(2026, 0, 1),
  region: 'us-east-1',
  accountId: '000000000000',
  access: { authorize() {} },
  metrics: () => ({ record() {} }),
};

const draw = (world: RunnableWorld) => [
  world.random('a').next(),
  world.random('b').next(),
  world.sampleLatencyMs('api.sqs'),
];

describe('createWorld', () => {
  it('draws the same from the same seed, and otherwise from another', () => {
    const first = draw(createWorld(OPTIONS));

    expect(draw(createWorld(OPTIONS))).toEqual(first);
    expect(draw(createWorld({ ...OPTIONS, seed: 2 }))).not.toEqual(first);
  });

  it('gives the metric store the clock and the latencies', () => {
    const seen: unknown[] = [];
    const metrics = { record() {} };

    const world = createWorld({
      ...OPTIONS,
      metrics(clock, latency) {
        seen.push(clock, latency.sampleMs('cloudwatch.appearance') > 0);
        return metrics;
      },
    });

    expect(seen).toEqual([world.clock, true]);
    expect(world.metrics).toBe(metrics);
  });

  it('asks the access control it was given, and takes the time of a call', async () => {
    const asked: unknown[] = [];
    const world = createWorld({ ...OPTIONS, access: { authorize: (caller, need) => asked.push(caller, need) } });
    const need = { action: 'sqs:SendMessage', resource: '*' };
    const operation = defineOperation({
      name: 'SendMessage',
      input: z.strictObject({}),
      needs: () => [need],
      handle: () => 'sent',
    });
    world.gateway.register({ name: 'sqs', operations: [operation] });

    const output = await world.clock.runUntilSettled(
      world.gateway.call({ service: 'sqs', operation: 'SendMessage', input: {}, caller: { kind: 'root' } }),
    );

    expect(output).toBe('sent');
    expect(asked).toEqual([{ kind: 'root' }, need]);
    expect(world.clock.now()).toBeGreaterThan(OPTIONS.startMs);
  });
});
