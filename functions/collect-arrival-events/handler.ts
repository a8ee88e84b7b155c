// The CollectArrivalEvents state: takes what S3 told of the run's arrivals from the queue.

import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Collection } from '../../model/tally.ts';
import { collectionSchema } from '../collection-schema.ts';
import { collectArrivalEvents } from './collect-arrival-events.ts';

const eventSchema = z.strictObject({
  runId: z.string().check(z.minLength(1)),
  /** What the call before came to; null for the first. */
  before: z.nullable(collectionSchema),
});

const variables = z
  .object({
    BUCKET_NAME: z.string().check(z.minLength(1)),
    ARRIVAL_EVENTS_QUEUE_URL: z.string().check(z.minLength(1)),
  })
  .parse(process.env);
const s3 = new S3Client({});
const sqs = new SQSClient({});

/** @throws {z.ZodError} when the event is not the state machine's, and what the SDK throws. */
export async function handler(event: unknown, context: Context): Promise<Collection> {
  return collectArrivalEvents(eventSchema.parse(event), {
    s3,
    sqs,
    bucketName: variables.BUCKET_NAME,
    queueUrl: variables.ARRIVAL_EVENTS_QUEUE_URL,
    name: context.awsRequestId,
    remainingMs: () => context.getRemainingTimeInMillis(),
  });
}
