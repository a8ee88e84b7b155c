// Tags of queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html

import { createInvalidParameter } from './sqs-errors.ts';

export type Tags = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const TAGS_MAX = 50;
const KEY_LENGTH_MAX = 128;
const VALUE_LENGTH_MAX = 256;

/** @throws {AwsError} `InvalidParameterValueException`. */
export function addTags(tags: Tags, added: Tags): Tags {
  for (const [key, value] of Object.entries(added)) {
    if (key === '' || key.length > KEY_LENGTH_MAX || key.toLowerCase().startsWith('aws:')) {
      throw createInvalidParameter(`Tag keys must be 1 to ${KEY_LENGTH_MAX} characters long and not begin with aws:.`);
    }
    if (value.length > VALUE_LENGTH_MAX) {
      throw createInvalidParameter(`Tag values must be between 0 and ${VALUE_LENGTH_MAX} characters in length.`);
    }
  }
  const all = { ...tags, ...added };
  if (Object.keys(all).length <= TAGS_MAX) return all;
  throw createInvalidParameter(`Too many tags added for the queue: at most ${TAGS_MAX}.`);
}
