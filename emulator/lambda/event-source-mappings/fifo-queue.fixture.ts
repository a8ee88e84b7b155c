// What a mapping sees of a FIFO queue, and no more: a stand-in for SQS's answers to ReceiveMessage and DeleteMessageBatch.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html

import { z } from 'zod';
import { defineOperation, type Service } from '../../kernel/operation.ts';
import type { World } from '../../kernel/world.ts';

const POLL_MS = 50;

interface FifoMessage {
  readonly group: string;
  readonly body: string;
  readonly sequenceNumber: string;
  /** Epoch milliseconds until which it is in flight. */
  hiddenUntilMs: number;
  receiveCount: number;
}

/** Takes the place of SQS in the account: there is this one queue only. */
export function standInFifoQueue(world: World, visibilityTimeoutSeconds: number) {
  let messages: FifoMessage[] = [];
  let sequence = 0;
  const take = (countMax: number): FifoMessage[] => {
    const nowMs = world.clock.now();
    const locked = new Set(messages.filter(({ hiddenUntilMs }) => hiddenUntilMs > nowMs).map(({ group }) => group));
    const taken = messages.filter(({ group }) => !locked.has(group)).slice(0, countMax);
    for (const message of taken) {
      message.hiddenUntilMs = nowMs + visibilityTimeoutSeconds * 1000;
      message.receiveCount++;
    }
    return taken;
  };
  const service: Service = {
    name: 'sqs',
    operations: [
      defineOperation({
        name: 'GetQueueAttributes',
        input: z.looseObject({}),
        needs: () => [],
        handle: () => ({ Attributes: { VisibilityTimeout: String(visibilityTimeoutSeconds) } }),
      }),
      defineOperation({
        name: 'ReceiveMessage',
        input: z.looseObject({ MaxNumberOfMessages: z.int(), WaitTimeSeconds: z.int() }),
        needs: () => [],
        async handle({ MaxNumberOfMessages, WaitTimeSeconds }) {
          const endMs = world.clock.now() + WaitTimeSeconds * 1000;
          let taken = take(MaxNumberOfMessages);
          while (taken.length === 0 && world.clock.now() < endMs) {
            await world.clock.sleep(POLL_MS);
            taken = take(MaxNumberOfMessages);
          }
          return taken.length === 0 ? {} : { Messages: taken.map(describeMessage) };
        },
      }),
      defineOperation({
        name: 'DeleteMessageBatch',
        input: z.looseObject({ Entries: z.array(z.looseObject({ ReceiptHandle: z.string() })) }),
        needs: () => [],
        handle({ Entries }) {
          const handles = new Set(Entries.map(({ ReceiptHandle }) => ReceiptHandle));
          messages = messages.filter((message) => !handles.has(renderHandle(message)));
          return { Successful: [], Failed: [] };
        },
      }),
    ],
  };
  world.gateway.register(service);
  return {
    send(group: string, body: string) {
      const sequenceNumber = String(++sequence).padStart(20, '1');
      messages.push({ group, body, sequenceNumber, hiddenUntilMs: 0, receiveCount: 0 });
    },
    count: () => messages.length,
  };
}

function describeMessage(message: FifoMessage): object {
  return {
    MessageId: message.sequenceNumber,
    ReceiptHandle: renderHandle(message),
    Body: message.body,
    MD5OfBody: 'md5',
    Attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      MessageGroupId: message.group,
      MessageDeduplicationId: message.body,
      SequenceNumber: message.sequenceNumber,
    },
  };
}

function renderHandle({ sequenceNumber, receiveCount }: FifoMessage): string {
  return `${sequenceNumber}/${receiveCount}`;
}
