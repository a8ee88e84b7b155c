// The Tally state: goes through the arrivals of a trial, or of Firehose's whole lane, and stores what they come to.

import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod/mini';
import { tallyTrials } from './tally-trials.ts';

const eventSchema = z.strictObject({
  runId: z.string().check(z.minLength(1)),
  trialIds: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
});

const { BUCKET_NAME: bucketName } = z.object({ BUCKET_NAME: z.string().check(z.minLength(1)) }).parse(process.env);
const s3 = new S3Client({});

/** @throws {z.ZodError} when the event is not the state machine's, and what `tallyTrials` throws. */
export async function handler(event: unknown): Promise<void> {
  await tallyTrials(eventSchema.parse(event), { s3, bucketName });
}
