// A bucket that tells a queue of its objects, for tests.

import type { Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import { createTestBucket, type TestBucket } from './create-test-bucket.fixture.ts';

const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/events';
/** Longer than any notification takes. */
const ALL_HAVE_COME_MS = 60_000;

export interface TestEvent {
  readonly eventName: string;
  readonly eventTime: string;
  readonly s3: { readonly object: { readonly key: string; readonly size: number; readonly sequencer: string } };
}

export interface TestNotifications extends TestBucket {
  readonly queueArn: string;
  /** What the queue got first. */
  readonly testEvent: unknown;
  /** Whoever sent to the queue. */
  readonly callers: readonly Principal[];
  /** Replaces the configuration. */
  configure(input: object): Promise<unknown>;
  /** What the queue has got, and forgets then. */
  receiveEvents(options?: { readonly afterMs: number }): Promise<TestEvent[]>;
}

/** `input` changes the configuration of the one queue. `allows` is the queue's policy. */
export async function createTestNotifications(
  input: object = {},
  { allows = () => true }: { readonly allows?: () => boolean } = {},
): Promise<TestNotifications> {
  const bucket = createTestBucket();
  const { services, world, call, pass, s3 } = bucket;
  const { queueArn } = services.sqs.createQueue({ name: 'events', visibilityTimeoutSeconds: 30 });
  const callers: Principal[] = [];
  world.gateway.observe(({ service, operation, caller }) => {
    if (service !== 'sqs' || operation !== 'SendMessage') return;
    callers.push(caller);
    if (!allows()) throw new AwsError('AccessDeniedException', 'no', { status: 403 });
  });
  const configure = (changes: object) => {
    const configuration = { Id: 'created', QueueArn: queueArn, Events: ['s3:ObjectCreated:*'], ...changes };
    return s3('PutBucketNotificationConfiguration', {
      NotificationConfiguration: { QueueConfigurations: [configuration] },
    });
  };
  const receive = async () => {
    const { Messages = [] } = await call('sqs', 'ReceiveMessage', { QueueUrl: QUEUE_URL, MaxNumberOfMessages: 10 });
    const messages = Messages as { Body: string; ReceiptHandle: string }[];
    for (const { ReceiptHandle } of messages)
      await call('sqs', 'DeleteMessage', { QueueUrl: QUEUE_URL, ReceiptHandle });
    return messages.map(({ Body }) => JSON.parse(Body));
  };
  await configure(input);
  const [testEvent] = await receive();
  return {
    ...bucket,
    queueArn,
    testEvent,
    callers,
    configure,
    async receiveEvents({ afterMs } = { afterMs: ALL_HAVE_COME_MS }) {
      await pass(afterMs);
      return (await receive()).flatMap(({ Records }) => Records);
    },
  };
}
