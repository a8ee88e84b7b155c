// The Generate state: publishes the messages of one tick, each at its own instant.

import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { PublishTotals } from '../../model/trial.ts';
import { createStoreAcknowledgements } from './acknowledgement-log.ts';
import { createFactSource } from './fact-source.ts';
import { generate } from './generate.ts';
import { parseGenerateEvent, parseVariables } from './parse-event.ts';
import { createPublishEventbridge } from './publish-eventbridge.ts';
import { createPublishFirehose } from './publish-firehose.ts';
import { createPublishKinesis } from './publish-kinesis.ts';
import { createPublishSqs } from './publish-sqs.ts';
import { createQueueUrlLookup } from './queue-url-lookup.ts';

const variables = parseVariables(process.env);
const ssm = new SSMClient({});
const lookup = createQueueUrlLookup({ ssm, sqs: new SQSClient({}), variables });
const facts = createFactSource({ ssm, parameterName: variables.FACTS_API_KEY_PARAMETER, fetch });
const store = createStoreAcknowledgements(new S3Client({}), variables.BUCKET_NAME);
// Retries are the publish loop's, which counts them; the SDK would make them unseen.
const maxAttempts = 1;
const publishers = {
  eventbridge: createPublishEventbridge(new EventBridgeClient({ maxAttempts }), variables.EVENT_BUS_NAME),
  sqs: createPublishSqs(new SQSClient({ maxAttempts }), lookup),
  // Its default is HTTP/2, whose one connection would serialise what the others do in parallel.
  kinesis: createPublishKinesis(
    new KinesisClient({ maxAttempts, requestHandler: new NodeHttpHandler() }),
    variables.STREAM_NAME,
  ),
  firehose: createPublishFirehose(new FirehoseClient({ maxAttempts }), variables.DELIVERY_STREAM_NAME),
};

/** @throws {z.ZodError} when the event is not the state machine's, and what the SDK throws for good. */
export async function handler(event: unknown): Promise<PublishTotals> {
  const request = parseGenerateEvent(event);
  return generate(request, { publisher: publishers[request.trial.service], facts, lookup, store });
}
