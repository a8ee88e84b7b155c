// One message of the schedule, as it is at the instant of its sending.

import type { Message } from '../../model/message.ts';
import { hash32, type ScheduledMessage } from '../../model/schedule.ts';
import { MESSAGE_SERVICES, type Service } from '../../model/service.ts';

const IDS = 1000;

export interface MessageTemplate {
  readonly runId: string;
  readonly trialId: string;
  readonly service: Service;
  readonly facts: readonly string[];
  /** Pad to at least this many UTF-8 bytes of JSON. */
  readonly payloadBytes: number;
}

/** Id and fact follow from the trial and the sequence number alone, so that a retry sends the same message. */
export function buildMessage(
  template: MessageTemplate,
  { sequence, scheduledAtMs }: ScheduledMessage,
  sentAtMs: number,
): Message {
  const { runId, trialId, service, facts } = template;
  const draw = hash32(`${trialId}/${sequence}`) >>> 0;
  const message: Message = {
    time: new Date(sentAtMs).toISOString(),
    id: 1 + (draw % IDS),
    service: MESSAGE_SERVICES[service],
    'random fact': facts[Math.floor(draw / IDS) % facts.length] ?? '',
    runId,
    trialId,
    sequence,
    scheduledAt: new Date(scheduledAtMs).toISOString(),
  };
  return padMessage(message, template.payloadBytes);
}

const PADDING_FIELD_BYTES = ',"padding":""'.length;

function padMessage(message: Message, payloadBytes: number): Message {
  if (payloadBytes === 0) return message;
  const missing = payloadBytes - Buffer.byteLength(JSON.stringify(message));
  return missing > 0 ? { ...message, padding: 'x'.repeat(Math.max(0, missing - PADDING_FIELD_BYTES)) } : message;
}
