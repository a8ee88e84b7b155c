// An account with all services and no stack, in which every call is allowed: for tests of single services.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type AccountServices, createAccountServices } from './account-services.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import type { AccessControl } from './kernel/access.ts';
import { createWorld, type RunnableWorld } from './kernel/create-world.ts';
import { OutsideWork } from './kernel/outside-work.ts';
import type { FunctionProps, InvocationRecord } from './lambda/lambda-function.ts';

export const START_MS = Date.UTC(2026, 0, 1);
const ROLE_ARN = 'arn:aws:iam::000000000000:role/test';
const KEYS = { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' };

export interface TestAccount {
  readonly world: RunnableWorld<MetricStore>;
  /** The clock waits for it. */
  readonly outside: OutsideWork;
  readonly services: AccountServices;
  /** Every finished invocation, in order. */
  readonly invocations: InvocationRecord[];
  /** Makes one call as the account's owner, and lets time pass until it is answered. */
  call(service: string, operation: string, input: object): Promise<Record<string, unknown>>;
  /** Deploys a handler, given as JavaScript that sets `exports.handler`. */
  createFunction(code: string, props?: Partial<FunctionProps>): string;
  /** Lets so many milliseconds pass. */
  pass(durationMs: number): Promise<void>;
}

export function createTestAccount(options: { seed?: number; access?: AccessControl } = {}): TestAccount {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const outside = new OutsideWork();
  const world = createWorld({
    seed: options.seed ?? 1,
    startMs: START_MS,
    region: 'us-east-1',
    accountId: '000000000000',
    access: options.access ?? { authorize() {} },
    metrics: (clock, latency) => new MetricStore(clock, latency),
    settle: async () => {
      await services.lambda.settle();
      await outside.settle();
    },
  });
  const services = createAccountServices(world, () => ({}));
  const invocations: InvocationRecord[] = [];
  services.lambda.onInvocation((record) => invocations.push(record));
  return {
    world,
    outside,
    services,
    invocations,
    async call(service, operation, input) {
      const answer = world.gateway.call({ service, operation, input, caller: { kind: 'root' } });
      return { ...((await world.clock.runUntilSettled(answer)) as object) };
    },
    createFunction(code, props = {}) {
      const codeFolder = mkdtempSync(join(folder, 'function-'));
      writeFileSync(join(codeFolder, 'index.js'), code);
      return services.lambda.createFunction(
        {
          name: 'tested',
          roleArn: ROLE_ARN,
          memorySizeMb: 512,
          timeoutSeconds: 30,
          handler: 'index.handler',
          environment: {},
          logging: { format: 'Text', logGroup: `/aws/lambda/${props.name ?? 'tested'}` },
          ...props,
          codeFolder,
        },
        KEYS,
      ).arn;
    },
    pass: (durationMs) => world.clock.runUntil(world.clock.now() + durationMs),
  };
}
