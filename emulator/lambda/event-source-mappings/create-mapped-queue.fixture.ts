// A queue that is mapped to a function, in an account of its own, and what tests want to know of it.

import { createTestAccount } from '../../create-test-account.fixture.ts';
import type { MappingProps } from './mapping-settings.ts';

export const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/queue';
export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:queue';

/** Code that logs how many messages it got, and answers with the value of `answer`. */
export const logSize = (answer = 'null') =>
  `exports.handler = async (event) => { console.log(event.Records.length); return ${answer}; };`;

/** The sandbox's own, in virtual time. */
const TIMER = 'setTimeout';

/** The same, busy for so long. */
export const sleepFor = (durationMs: number) =>
  `exports.handler = (event) => { console.log(event.Records.length); return new Promise((resolve) => ${TIMER}(resolve, ${durationMs})); };`;

export interface MappedQueueOptions extends Partial<MappingProps> {
  readonly code?: string;
  readonly reservedConcurrency?: number;
  readonly timeoutSeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  readonly seed?: number;
}

export function createMappedQueue(options: MappedQueueOptions = {}) {
  const { code = logSize(), visibilityTimeoutSeconds = 60, seed } = options;
  const { reservedConcurrency, timeoutSeconds = 30, ...settings } = options;
  const account = createTestAccount(seed === undefined ? {} : { seed });
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds });
  account.createFunction(code, { timeoutSeconds, ...(reservedConcurrency !== undefined && { reservedConcurrency }) });
  const { uuid: UUID } = account.services.lambda.mappings.create({
    functionName: 'tested',
    eventSourceArn: QUEUE_ARN,
    batchSize: 10,
    windowSeconds: 0,
    reportBatchItemFailures: true,
    ...settings,
  });
  const calls: string[] = [];
  account.world.gateway.observe(({ operation }) => calls.push(operation));
  return {
    ...account,
    UUID,
    countCalls: (name: string) => calls.filter((operation) => operation === name).length,
    async send(count: number, body = (index: number) => String(index)) {
      for (let start = 0; start < count; start += 10) {
        const Entries = Array.from({ length: Math.min(10, count - start) }, (_, index) => ({
          Id: String(index),
          MessageBody: body(start + index),
        }));
        await account.call('sqs', 'SendMessageBatch', { QueueUrl, Entries });
      }
    },
    async left() {
      const { Attributes } = await account.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
      const counts = Attributes as Record<string, string>;
      return {
        visible: Number(counts.ApproximateNumberOfMessages),
        inFlight: Number(counts.ApproximateNumberOfMessagesNotVisible),
      };
    },
    update: (changes: object) => account.call('lambda', 'UpdateEventSourceMapping', { UUID, ...changes }),
    async state() {
      return (await account.call('lambda', 'GetEventSourceMapping', { UUID })).State;
    },
    /** What the function printed, as numbers. */
    sizes: () => account.services.lambda.logsOf('tested').map(Number),
    mostAtOnce: () => computeMostAtOnce(account.invocations),
  };
}

/** Of invocations, how many ran at the same time at most. */
export function computeMostAtOnce(records: readonly { startMs: number; durationMs: number }[]): number {
  const overlaps = records.map(
    ({ startMs }) =>
      records.filter((other) => other.startMs <= startMs && other.startMs + other.durationMs > startMs).length,
  );
  return Math.max(0, ...overlaps);
}

export const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
