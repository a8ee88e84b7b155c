// The one table of the execution input: the parser, the JSON Schema, README and the command's flags are made from it.

export interface InputField {
  readonly name: string;
  /** As README prints it. */
  readonly default: string;
  readonly range: string;
  readonly meaning: string;
}

export const INPUT_FIELDS = [
  {
    name: 'batchSizes',
    default: '[1,10,100]',
    range: '1 to 10000 each, up to 12 distinct',
    meaning: 'target messages per consumer invocation',
  },
  {
    name: 'services',
    default: '["eventbridge","sqs","kinesis","firehose"]',
    range: 'a subset of eventbridge, sqs, kinesis, firehose',
    meaning: 'services to compare',
  },
  { name: 'ticks', default: '6', range: '1 to 1000', meaning: 'loop turns in a trial' },
  {
    name: 'tickSeconds',
    default: '10',
    range: '1 to 59',
    meaning: 'seconds from tick to tick, on an absolute schedule',
  },
  { name: 'messagesPerTick', default: '50', range: '1 to 10000', meaning: 'messages in a tick' },
  {
    name: 'arrivals',
    default: '"steady"',
    range: 'steady, poisson or burst',
    meaning: "how a tick's messages are spread over it",
  },
  {
    name: 'publishBatchSize',
    default: '1',
    range: '1 to 500, or "max"',
    meaning: "messages (EventBridge: events) per publish call; max is each service's own maximum",
  },
  { name: 'payloadBytes', default: '0', range: '0 to 200000', meaning: 'pad each message to at least this size' },
  {
    name: 'maximumBatchingWindowSeconds',
    default: '"fill"',
    range: '0 to 300, or "fill"',
    meaning: 'batching window; fill is long enough for the target batch at this rate',
  },
  {
    name: 'endpointLookup',
    default: '"ssm"',
    range: 'ssm, environment or get-queue-url',
    meaning: "how the generator finds the queue's URL",
  },
  {
    name: 'repetitions',
    default: '1',
    range: '1 to 10',
    meaning: 'how often each trial is made; repetitions are interleaved',
  },
  { name: 'costLimitUsd', default: '1', range: 'above 0', meaning: 'a run whose estimate is higher is refused' },
  {
    name: 'drainTimeoutSeconds',
    default: '300',
    range: '10 to 3600',
    meaning: 'how long to wait for messages after their batching window',
  },
  {
    name: 'thresholds',
    default: 'none',
    range: 'p99ArrivalMs, costPerMillionUsd, lostMessages',
    meaning: 'limits that, once crossed, fail the execution after its report is written',
  },
  { name: 'label', default: 'none', range: 'up to 100 characters', meaning: 'printed in the report' },
] as const satisfies readonly InputField[];
