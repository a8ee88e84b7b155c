// The consumer of EventBridge, SQS and Kinesis: changes the messages that it is handed, and stores them in S3.

import { S3Client } from '@aws-sdk/client-s3';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod/mini';
import { beginInvocation } from '../begin-invocation.ts';
import { consume } from './consume.ts';
import { parseDeliveries } from './parse-deliveries.ts';

const s3 = new S3Client({});
const { BUCKET_NAME: bucketName } = z.object({ BUCKET_NAME: z.string().check(z.minLength(1)) }).parse(process.env);

/** @throws {UnreadableEventError} and what `consume` throws. */
export async function handler(event: unknown, context: Context): Promise<SQSBatchResponse> {
  const invocation = beginInvocation(context);
  return consume(parseDeliveries(event), invocation, { s3, bucketName });
}
