// The books that are kept apart in a run: who counts what, and how far AWS vouches for its side.

import type { Service } from '../model/service.ts';
import type { BookKind, BookName, BookUnit } from './reconciliation-json.ts';
import type { ServiceCount, TrialFacts } from './report-facts.ts';

export interface Book {
  readonly name: BookName;
  readonly services: readonly Service[];
  readonly kind: BookKind;
  readonly unit: BookUnit;
  readonly what: { readonly expected: string; readonly found: string };
  readonly why: string;
  readonly source?: string;
  /** What it means when less was found than expected, or more than the tolerance allows. */
  readonly fewer: string;
  readonly more: string;
  /** Undefined when a trial has no such books. */
  compare(facts: TrialFacts): BookComparison | undefined;
}

export interface BookComparison {
  readonly expected: number;
  readonly found: number;
  /** Found may be this much more. */
  readonly tolerance: number;
}

const ALL_SERVICES: readonly Service[] = ['eventbridge', 'sqs', 'kinesis', 'firehose'];

const LAMBDA_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html';
const EVENTBRIDGE_PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html';
const SQS_PAGE =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html';
const KINESIS_PAGE = 'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html';
const FIREHOSE_PAGE = 'https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html';

const SQS_WHY = 'AWS says that the metric may include retries and duplicates, and is no exact count';
const RECEIPTS = 'with a line in S3, duplicates included';
const FIREHOSE_WHY = 'AWS says that bursts of a few seconds may be missed';
const BILLED_LESS = 'the generator counts, and the bill here has, more than CloudWatch shows';
const BILLED_MORE = 'AWS took, and bills, more than the generator counts';
const OTHER_DELIVERIES = 'messages were received again, or by a consumer that left no line';

const OWN_BOOKS: readonly Book[] = [
  {
    name: 'publishing',
    services: ALL_SERVICES,
    kind: 'exact',
    unit: 'message',
    what: { expected: 'scheduled', found: 'sent or given up' },
    why: 'every scheduled message ends as one or the other; the generator counts all three',
    fewer: 'the generator lost track of messages that it should have sent',
    more: 'the generator sent what nobody scheduled',
    compare: ({ result: { publish } }) => ({
      expected: publish.scheduled,
      found: publish.sent + publish.gaveUp,
      tolerance: 0,
    }),
  },
  {
    name: 'arrivals',
    services: ALL_SERVICES,
    kind: 'exact',
    unit: 'message',
    what: { expected: 'sent', found: 'arrived or lost' },
    why: 'lost is what is missing from sent, so the books differ when more arrived than was sent',
    fewer: 'messages are neither in S3 nor counted as lost',
    more: 'messages arrived that do not count as sent: given up by the generator, they got through all the same',
    compare: ({ result: { publish }, arrivals }) => ({
      expected: publish.sent,
      found: Math.max(arrivals.arrived, publish.sent),
      tolerance: 0,
    }),
  },
  {
    name: 'drain',
    services: ALL_SERVICES,
    kind: 'exact',
    unit: 'message',
    what: { expected: 'counted in S3 when the trial had drained', found: 'counted in S3 by the report' },
    why: 'two functions count the same objects; only trials that drained in time are compared, and messages that were given up may arrive later',
    fewer: 'objects that were in the bucket are gone, or can no longer be read',
    more: 'messages arrived after everything sent had arrived',
    compare: ({ result, arrivals }) =>
      result.drainTimedOut
        ? undefined
        : { expected: result.arrivedAtDrain, found: arrivals.arrived, tolerance: result.publish.gaveUp },
  },
  {
    name: 'lines',
    services: ALL_SERVICES,
    kind: 'exact',
    unit: 'line',
    what: { expected: 'arrived or duplicates', found: 'in S3, by request id' },
    why: 'the same lines are counted by message and by invocation',
    fewer: 'lines belong to no invocation',
    more: 'lines of an invocation belong to no message',
    compare: ({ arrivals }) => ({
      expected: arrivals.lines,
      found: arrivals.invocationSizes.reduce((sum, { messages, invocations }) => sum + messages * invocations, 0),
      tolerance: 0,
    }),
  },
  {
    name: 'invocations',
    services: ALL_SERVICES,
    kind: 'exact',
    unit: 'invocation',
    what: { expected: 'by request id in S3', found: 'billed, by CloudWatch (Invocations)' },
    why: "the metric equals the requests billed, says AWS; within the trial's minutes, and up to Errors more: an invocation that ended in an error may have left no line",
    source: LAMBDA_PAGE,
    fewer: 'invocations left lines that CloudWatch did not have by the last attempt, or does not count',
    more: 'invocations were billed that left no line in S3, and did not end in an error',
    compare: ({ arrivals, metrics }) => ({
      expected: arrivals.requestIdsInWindow,
      found: metrics.invocations,
      tolerance: metrics.errors,
    }),
  },
];

/** What the services bill, by CloudWatch, against what the generator and the bucket counted. */
const SERVICE_BOOKS: readonly Book[] = [
  {
    name: 'published',
    services: ['eventbridge'],
    kind: 'best-effort',
    unit: 'event',
    what: { expected: 'accepted, by the generator', found: 'by CloudWatch (MatchedEvents of the rule)' },
    why: 'AWS delivers the metric on a best-effort basis, and not as a complete accounting',
    source: EVENTBRIDGE_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: comparePublished,
  },
  {
    name: 'published',
    services: ['sqs'],
    kind: 'best-effort',
    unit: 'message',
    what: { expected: 'accepted, by the generator', found: 'by CloudWatch (NumberOfMessagesSent)' },
    why: SQS_WHY,
    source: SQS_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: comparePublished,
  },
  {
    name: 'published',
    services: ['kinesis'],
    kind: 'exact',
    unit: 'record',
    what: { expected: 'accepted, by the generator', found: 'by CloudWatch (IncomingRecords)' },
    why: 'the metric is the number of records successfully put, says AWS without reserve; up to the records sent again or given up more: the stream may have taken one whose answer was an error',
    source: KINESIS_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: comparePublished,
  },
  {
    name: 'published',
    services: ['firehose'],
    kind: 'best-effort',
    unit: 'record',
    what: { expected: 'accepted, by the generator', found: 'by CloudWatch (IncomingRecords)' },
    why: FIREHOSE_WHY,
    source: FIREHOSE_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: comparePublished,
  },
  {
    name: 'bytes',
    services: ['kinesis'],
    kind: 'best-effort',
    unit: 'byte',
    what: { expected: 'of accepted data, by the generator', found: 'by CloudWatch (IncomingBytes)' },
    why: 'AWS does not say whether the metric holds the partition keys, so up to their bytes more; nor how large a record sent again was',
    source: KINESIS_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: (facts) => {
      const { scheduled } = facts.result.publish;
      // A record's key is its message's sequence number in decimal digits.
      return compareCount(facts, 'bytes', facts.result.publish.bytes, scheduled * String(scheduled).length);
    },
  },
  {
    name: 'bytes',
    services: ['firehose'],
    kind: 'best-effort',
    unit: 'byte',
    what: { expected: 'of accepted data, by the generator', found: 'by CloudWatch (IncomingBytes)' },
    why: `${FIREHOSE_WHY}; bytes as they are, before they are rounded up for the bill`,
    source: FIREHOSE_PAGE,
    fewer: BILLED_LESS,
    more: BILLED_MORE,
    compare: (facts) => compareCount(facts, 'bytes', facts.result.publish.bytes, 0),
  },
  {
    name: 'received',
    services: ['sqs'],
    kind: 'best-effort',
    unit: 'message',
    what: { expected: RECEIPTS, found: 'by CloudWatch (NumberOfMessagesReceived)' },
    why: SQS_WHY,
    source: SQS_PAGE,
    fewer: 'more lines are in S3 than messages were received in the minutes of the trial',
    more: OTHER_DELIVERIES,
    compare: (facts) => compareCount(facts, 'received', facts.arrivals.lines, 0),
  },
  {
    name: 'deleted',
    services: ['sqs'],
    kind: 'best-effort',
    unit: 'message',
    what: { expected: RECEIPTS, found: 'by CloudWatch (NumberOfMessagesDeleted)' },
    why: SQS_WHY,
    source: SQS_PAGE,
    fewer: 'messages that were handled were not deleted in the minutes of the trial, and may come again',
    more: 'messages were deleted that left no line in S3',
    compare: (facts) => compareCount(facts, 'deleted', facts.arrivals.lines, 0),
  },
];

export const BOOKS: readonly Book[] = [...OWN_BOOKS, ...SERVICE_BOOKS];

/** An entry whose call failed may have been taken all the same: it is sent again, or given up. */
function comparePublished(facts: TrialFacts): BookComparison | undefined {
  const { entries, retriedEntries, gaveUp } = facts.result.publish;
  return compareCount(facts, 'entries', entries, retriedEntries + gaveUp);
}

function compareCount(
  { metrics }: TrialFacts,
  count: ServiceCount,
  expected: number,
  tolerance: number,
): BookComparison | undefined {
  const found = metrics.serviceCounts[count];
  return found === undefined ? undefined : { expected, found, tolerance };
}
