import { describe, expect, test } from 'vitest';
import { parseFailedItems } from './partial-response.ts';

const BATCH = ['a', 'b', 'c'];

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
describe('parseFailedItems', () => {
  test.each([
    ['null', []],
    ['', []],
    ['{}', []],
    ['{"batchItemFailures":[]}', []],
    ['{"batchItemFailures":null}', []],
    ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ['b']],
    ['{"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a"}]}', ['c', 'a']],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', BATCH],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}', BATCH],
    ['{"batchItemFailures":[{"id":"b"}]}', BATCH],
    ['{"batchItemFailures":[{"itemIdentifier":"nobody"}]}', BATCH],
    ['{"batchItemFailures":"b"}', BATCH],
    ['{"batchItemFailures', BATCH],
  ])('takes %s for the failure of %j', (payload, failed) => {
    expect([...parseFailedItems(Buffer.from(payload), BATCH)]).toEqual(failed);
  });
});
