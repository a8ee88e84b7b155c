// Rules of the execution input that more than one value takes part in.

import type { ResolvedInput } from './input.ts';
import { computeEventMessagesMax, MESSAGE_BYTES_MAX } from './mechanism.ts';
import { CALL_QUOTAS } from './publish-call.ts';
import { EVENT_SOURCE_MAPPING, KINESIS } from './quotas.ts';
import { computePublishMs } from './schedule.ts';
import type { Service } from './service.ts';

interface Rule {
  /** What it reads; it is not asked when one of these has a problem of its own. */
  readonly fields: readonly (keyof ResolvedInput)[];
  readonly find: (input: ResolvedInput) => string[];
}

const RULES: readonly Rule[] = [
  { fields: ['batchSizes'], find: ({ batchSizes }) => findRepeats('batchSizes', batchSizes) },
  { fields: ['services'], find: ({ services }) => findRepeats('services', services) },
  { fields: ['services', 'publishBatchSize'], find: findTooManyEntries },
  { fields: ['services', 'publishBatchSize', 'payloadBytes', 'batchSizes'], find: findTooLargeCalls },
  { fields: ['services', 'maximumBatchingWindowSeconds', 'batchSizes'], find: findMissingWindow },
  { fields: ['services', 'messagesPerTick', 'tickSeconds', 'arrivals'], find: findTooManyRecords },
  { fields: ['services', 'messagesPerTick', 'tickSeconds', 'arrivals', 'payloadBytes'], find: findTooManyBytes },
];

/** One line for each problem. Rules on the fields in `unsound`, whose values are not the user's, are left out. */
export function findConflicts(input: ResolvedInput, unsound: ReadonlySet<PropertyKey> = new Set()): string[] {
  return RULES.filter(({ fields }) => !fields.some((field) => unsound.has(field))).flatMap(({ find }) => find(input));
}

function findRepeats(name: string, values: readonly (string | number)[]): string[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    if (first === index) return [];
    return [`${name}[${index}] repeats ${JSON.stringify(value)} of ${name}[${first}]; name each once`];
  });
}

function findTooManyEntries({ services, publishBatchSize }: ResolvedInput): string[] {
  if (publishBatchSize === 'max') return [];
  return services.flatMap((service) => {
    const most = CALL_QUOTAS[service].entriesPerCallMax;
    if (publishBatchSize <= most) return [];
    return [
      `publishBatchSize must be at most ${most} for ${service}, got ${publishBatchSize}; use ${most} or less, "max", or leave ${service} out of services`,
    ];
  });
}

function findTooLargeCalls(input: ResolvedInput): string[] {
  const { services, publishBatchSize } = input;
  if (publishBatchSize === 'max' || publishBatchSize === 1) return [];
  return services.flatMap((service) => {
    const { entriesPerCallMax, callBytesMax } = CALL_QUOTAS[service];
    const most = Math.floor(callBytesMax / computeEntryBytesMax(input, service));
    if (publishBatchSize > entriesPerCallMax || publishBatchSize <= most) return [];
    return [
      `publishBatchSize must be at most ${most} for ${service}, whose calls take ${callBytesMax} bytes, at these payloadBytes and batchSizes, got ${publishBatchSize}; use ${most} or less, or "max"`,
    ];
  });
}

function computeEntryBytesMax({ payloadBytes, batchSizes }: ResolvedInput, service: Service): number {
  const messageBytes = Math.max(MESSAGE_BYTES_MAX, payloadBytes);
  if (service !== 'eventbridge') return messageBytes;
  return messageBytes * computeEventMessagesMax(Math.max(...batchSizes), messageBytes);
}

function findMissingWindow({ services, maximumBatchingWindowSeconds, batchSizes }: ResolvedInput): string[] {
  if (!services.includes('sqs') || maximumBatchingWindowSeconds !== 0) return [];
  const index = batchSizes.findIndex((batchSize) => batchSize > EVENT_SOURCE_MAPPING.sqsBatchSizeMaxWithoutWindow);
  if (index < 0) return [];
  return [
    `maximumBatchingWindowSeconds must be at least 1 for sqs with batchSizes[${index}] = ${batchSizes[index]} (above ${EVENT_SOURCE_MAPPING.sqsBatchSizeMaxWithoutWindow}), got 0; use 1 or more, or "fill"`,
  ];
}

/** How long a tick's messages are spread over as a shard sees them, which counts by the second. */
function computeLoadSeconds({ arrivals, tickSeconds }: ResolvedInput): number {
  return arrivals === 'burst' ? 1 : Math.max(1, computePublishMs(tickSeconds) / 1000);
}

function findTooManyRecords(input: ResolvedInput): string[] {
  if (!input.services.includes('kinesis')) return [];
  const loadSeconds = computeLoadSeconds(input);
  const most = Math.floor(KINESIS.shardRecordsPerSecondMax * loadSeconds);
  if (input.messagesPerTick <= most) return [];
  return [
    `messagesPerTick must be at most ${most} for kinesis, whose one shard takes ${KINESIS.shardRecordsPerSecondMax} records a second and gets a tick's in ${loadSeconds} s, got ${input.messagesPerTick}; use ${most} or less, or leave kinesis out of services`,
  ];
}

function findTooManyBytes(input: ResolvedInput): string[] {
  const { services, messagesPerTick, payloadBytes } = input;
  if (!services.includes('kinesis')) return [];
  const loadSeconds = computeLoadSeconds(input);
  const most = Math.floor((KINESIS.shardBytesPerSecondMax * loadSeconds) / messagesPerTick);
  if (payloadBytes <= most) return [];
  return [
    `payloadBytes must be at most ${most} for kinesis, whose one shard takes ${KINESIS.shardBytesPerSecondMax} bytes a second and gets a tick's ${messagesPerTick} messages in ${loadSeconds} s, got ${payloadBytes}; use ${most} or less, or leave kinesis out of services`,
  ];
}
