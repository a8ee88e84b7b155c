// A queue in an account of its own, and what tests want to know of it.

import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';

export const QueueUrl = 'https://sqs.us-east-1.emulator.invalid/000000000000/queue';

export function createTestQueue() {
  const account = createTestAccount();
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  const call = (operation: string, input = {}) => account.call('sqs', operation, { QueueUrl, ...input });
  const receive = async (input = {}): Promise<Record<string, string>[]> => {
    const { Messages = [] } = await call('ReceiveMessage', { MaxNumberOfMessages: 10, ...input });
    return Messages as Record<string, string>[];
  };
  const send = (MessageBody: string) => call('SendMessage', { MessageBody });
  const sumMetric = (metricName: string) => {
    const minutes = account.world.metrics.read(
      { namespace: 'AWS/SQS', metricName, dimensions: { QueueName: 'queue' } },
      { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: account.world.clock.now() },
    );
    return minutes.reduce((total, { sum }) => total + sum, 0);
  };
  return { ...account, call, receive, send, sumMetric, billed: account.services.sqs.billedRequestsOf('queue') };
}

export const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MessageBody: 'x' }));
