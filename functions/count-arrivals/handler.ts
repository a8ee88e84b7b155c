// The CountArrivals state: how many of a trial's messages are in the bucket.

import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { type ArrivalCount, createArrivalCounter } from './count-arrivals.ts';

const eventSchema = z.strictObject({
  runId: z.string().check(z.minLength(1)),
  trialId: z.string().check(z.minLength(1)),
  expected: z.int().check(z.gte(0)),
});

const { BUCKET_NAME: bucketName } = z.object({ BUCKET_NAME: z.string().check(z.minLength(1)) }).parse(process.env);
const counter = createArrivalCounter({ s3: new S3Client({}), bucketName });

/** @throws {z.ZodError} when the event is not the state machine's, and what the SDK throws. */
export async function handler(event: unknown): Promise<ArrivalCount> {
  return counter.count(eventSchema.parse(event));
}
