// Tells a mapping's destination of records that were given up.
// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html

import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { countEvents, recordFunctionMetric } from './mapping-metrics.ts';
import { computeQueueUrl } from './queue-visibility.ts';
import type { Attempt } from './shard-attempt.ts';

export interface GivenUp extends Attempt {
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
}

/** Does nothing without a destination. When the message cannot be sent, a metric says so, and the records are dropped all the same. */
export async function reportGivenUp(
  world: World,
  mapping: EventSourceMapping,
  shardId: string,
  givenUp: GivenUp,
): Promise<void> {
  const { onFailureArn } = mapping.settings;
  if (onFailureArn === undefined) return;
  const body = describeGivenUp(mapping, shardId, givenUp, world.clock.now());
  try {
    await world.gateway.call({
      service: 'sqs',
      operation: 'SendMessage',
      caller: mapping.caller,
      input: { QueueUrl: computeQueueUrl(world, onFailureArn), MessageBody: JSON.stringify(body) },
    });
    countEvents(world, mapping, 'OnFailureDestinationDeliveredEventCount', givenUp.records.length);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    recordFunctionMetric(world, mapping, 'DestinationDeliveryErrors', 1);
  }
}

function describeGivenUp(mapping: EventSourceMapping, shardId: string, givenUp: GivenUp, nowMs: number): object {
  const { records, condition, invocations, last } = givenUp;
  const first = records.at(0);
  const final = records.at(-1);
  return {
    requestContext: {
      ...(last && { requestId: last.requestId }),
      functionArn: mapping.target.arn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(last.failed && { functionError: 'Unhandled' }),
      },
    }),
    version: '1.0',
    timestamp: renderInstant(nowMs),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: final?.sequenceNumber,
      approximateArrivalOfFirstRecord: renderInstant(first?.arrivedMs ?? nowMs),
      approximateArrivalOfLastRecord: renderInstant(final?.arrivedMs ?? nowMs),
      batchSize: records.length,
      streamArn: mapping.props.eventSourceArn,
    },
  };
}

function renderInstant(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
