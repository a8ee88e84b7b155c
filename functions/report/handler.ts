// The Report state: parses the event, makes the report, answers with the verdict.

import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { SERVICES } from '../../model/service.ts';
import { collectionSchema } from '../collection-schema.ts';
import { computeRunEnvironment, parseVariables } from './environment.ts';
import { makeReport, type ReportAnswer } from './make-report.ts';

const outcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({ service: z.enum(SERVICES), status: z.literal('completed') }),
  z.strictObject({ service: z.enum(SERVICES), status: z.literal('failed'), error: z.string(), cause: z.string() }),
]);

const eventSchema = z.strictObject({
  runId: z.string().min(1),
  outcomes: z.array(outcomeSchema),
  collection: collectionSchema,
  tallyFailures: z.array(z.strictObject({ trialIds: z.array(z.string()), error: z.string(), cause: z.string() })),
  attempt: z.int().min(0),
  finalAttempt: z.int().min(0),
});

const s3 = new S3Client({});
const cloudWatch = new CloudWatchClient({});
const variables = parseVariables(process.env);

/** @throws what `makeReport` throws, and `z.ZodError` when the event is not the state machine's. */
export async function handler(event: unknown, context: Context): Promise<ReportAnswer> {
  return makeReport(eventSchema.parse(event), {
    s3,
    cloudWatch,
    bucketName: variables.BUCKET_NAME,
    laneFunctions: variables.LANE_FUNCTIONS,
    eventBusName: variables.EVENT_BUS_NAME,
    eventRuleName: variables.EVENT_RULE_NAME,
    queueName: variables.QUEUE_NAME,
    streamName: variables.STREAM_NAME,
    deliveryStreamName: variables.DELIVERY_STREAM_NAME,
    environment: computeRunEnvironment(variables, context.invokedFunctionArn),
  });
}
