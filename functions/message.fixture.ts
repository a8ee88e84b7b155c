// Messages as the generator sends them, for tests of what receives them.

import type { ArrivedMessage, Message } from '../model/message.ts';

export function createMessage(sequence: number, change: Partial<Message> = {}): Message {
  return {
    time: '2026-11-23T12:00:00.001Z',
    id: 7,
    service: 'sqs',
    'random fact': 'Glass is made mostly of sand.',
    runId: 'run',
    trialId: 'sqs-b10-r1',
    sequence,
    scheduledAt: '2026-11-23T12:00:00.000Z',
    ...change,
  };
}

export function createArrivedMessage(sequence: number, change: Partial<ArrivedMessage> = {}): ArrivedMessage {
  return {
    ...createMessage(sequence),
    receivedAt: 1_800_000_000_000,
    requestId: 'request',
    coldStart: false,
    initMs: 0,
    invocationMessages: 1,
    ...change,
  };
}
