// The four services, and the names each goes by.

/** In inputs, folders, trial ids and report columns. The order is that of every table. */
export const SERVICES = ['eventbridge', 'sqs', 'kinesis', 'firehose'] as const;

export type Service = (typeof SERVICES)[number];

/** As AWS's marketing writes them, for people. */
export const SERVICE_TITLES: Readonly<Record<Service, string>> = {
  eventbridge: 'EventBridge',
  sqs: 'SQS',
  kinesis: 'Kinesis Data Streams',
  firehose: 'Data Firehose',
};

/** The word for each in a message's own `service` field. */
export const MESSAGE_SERVICES = {
  eventbridge: 'eventbridge',
  sqs: 'sqs',
  kinesis: 'data stream',
  firehose: 'data firehose',
} as const satisfies Record<Service, string>;
