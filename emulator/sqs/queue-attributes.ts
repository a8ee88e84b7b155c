// A queue's attributes as the API has them, all text, and what they mean.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { QueueSettings } from './queue-settings.ts';
import { parseRedriveAllowPolicy, parseRedrivePolicy } from './redrive-policy.ts';
import { createInvalidAttribute, createUnknownAttribute } from './sqs-errors.ts';

/** By AWS's name, each in one spelling. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface NumberRange {
  readonly min: number;
  readonly max: number;
}

const NUMBERS: ReadonlyMap<string, NumberRange> = new Map([
  ['DelaySeconds', { min: 0, max: 900 }],
  ['MaximumMessageSize', { min: 1024, max: 1_048_576 }],
  ['MessageRetentionPeriod', { min: 60, max: 1_209_600 }],
  ['ReceiveMessageWaitTimeSeconds', { min: 0, max: 20 }],
  ['VisibilityTimeout', { min: 0, max: 43_200 }],
]);

const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ContentBasedDeduplication', ['true', 'false']],
  ['DeduplicationScope', ['queue', 'messageGroup']],
  ['FifoThroughputLimit', ['perQueue', 'perMessageGroupId']],
  ['SqsManagedSseEnabled', ['true', 'false']],
]);

const FIFO_ATTRIBUTES: ReadonlySet<string> = new Set([
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

const UNMODELLED: ReadonlySet<string> = new Set(['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'Policy']);

const DEFAULTS: QueueAttributes = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

const FIFO_DEFAULTS: QueueAttributes = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoQueue: 'true',
  FifoThroughputLimit: 'perQueue',
};

export function createDefaultAttributes(isFifo: boolean): QueueAttributes {
  return isFifo ? { ...DEFAULTS, ...FIFO_DEFAULTS } : DEFAULTS;
}

/**
 * What a caller sets, each value in its one spelling. An empty redrive policy means that there is none.
 * @throws {AwsError} `InvalidAttributeName`, `InvalidAttributeValue`, `InvalidParameterValueException`.
 * @throws {UnsupportedFeatureError} for encryption with KMS keys, and for policies that are not in the template.
 */
export function parseQueueAttributes(given: Readonly<Record<string, string>>, isFifo: boolean): QueueAttributes {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, parseAttribute(name, value, isFifo)]));
}

function parseAttribute(name: string, value: string, isFifo: boolean): string {
  if (UNMODELLED.has(name)) throw new UnsupportedFeatureError('SQS', `queue attribute ${name}`);
  if (FIFO_ATTRIBUTES.has(name) && !isFifo) throw createUnknownAttribute(name);
  if (name === 'RedrivePolicy') return value === '' ? '' : JSON.stringify(parseRedrivePolicy(value));
  if (name === 'RedriveAllowPolicy') return value === '' ? '' : JSON.stringify(parseRedriveAllowPolicy(value));
  if (name === 'FifoQueue') {
    if (value !== 'true') throw createInvalidAttribute(name, 'Modifying queue type is not supported.');
    return value;
  }
  const range = NUMBERS.get(name);
  if (range) {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < range.min || number > range.max) throw createInvalidAttribute(name);
    return String(number);
  }
  const choices = CHOICES.get(name);
  if (!choices) throw createUnknownAttribute(name);
  if (!choices.includes(value)) throw createInvalidAttribute(name);
  return value;
}

/**
 * What a whole set of attributes means.
 * @throws {AwsError} `InvalidAttributeValue` for attributes that do not go together.
 */
export function computeSettings(attributes: QueueAttributes): QueueSettings {
  const toMs = (name: string) => Number(attributes[name]) * 1000;
  const { RedrivePolicy, RedriveAllowPolicy, DeduplicationScope, FifoThroughputLimit } = attributes;
  if (FifoThroughputLimit === 'perMessageGroupId' && DeduplicationScope !== 'messageGroup') {
    const reason = 'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.';
    throw createInvalidAttribute('FifoThroughputLimit', reason);
  }
  return {
    visibilityTimeoutMs: toMs('VisibilityTimeout'),
    delayMs: toMs('DelaySeconds'),
    retentionMs: toMs('MessageRetentionPeriod'),
    receiveWaitMs: toMs('ReceiveMessageWaitTimeSeconds'),
    messageBytesMax: Number(attributes.MaximumMessageSize),
    redrivePolicy: RedrivePolicy ? parseRedrivePolicy(RedrivePolicy) : undefined,
    redriveAllowPolicy: RedriveAllowPolicy ? parseRedriveAllowPolicy(RedriveAllowPolicy) : undefined,
    deduplicatesByContent: attributes.ContentBasedDeduplication === 'true',
    deduplicationScope: DeduplicationScope === 'messageGroup' ? 'messageGroup' : 'queue',
    throughputLimit: FifoThroughputLimit === 'perMessageGroupId' ? 'perMessageGroupId' : 'perQueue',
  };
}
