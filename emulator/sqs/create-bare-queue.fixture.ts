// A queue without an account around it, for tests that move more messages than calls could in good time.

import { createRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { Queue } from './queue.ts';
import { computeSettings, createDefaultAttributes } from './queue-attributes.ts';

const MD5_OF_X = '9dd4e461268c8034f5c8564e155c67a6';

export function createBareQueue({ seed = 1, isFifo = false } = {}) {
  const clock = new VirtualClock({ startMs: 0 });
  const name = isFifo ? 'queue.fifo' : 'queue';
  const queue = new Queue({
    name,
    arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
    isFifo,
    settings: computeSettings(createDefaultAttributes(isFifo)),
    clock,
    random: createRandom(seed, 'queue'),
    findQueueByArn: () => undefined,
  });
  let sent = 0;
  const send = (groupId?: string) =>
    queue.send({
      body: 'x',
      md5OfBody: MD5_OF_X,
      bytes: 1,
      senderId: 'sender',
      attributes: undefined,
      traceHeader: undefined,
      groupId,
      deduplicationId: isFifo ? String(sent++) : undefined,
    });
  const receive = (messagesMax: number, waitSeconds = 0) =>
    queue.receive({ messagesMax, waitMs: waitSeconds * 1000, visibilityTimeoutMs: 30_000 });
  return { clock, queue, send, receive };
}
