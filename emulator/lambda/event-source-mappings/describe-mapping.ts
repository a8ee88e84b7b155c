// A mapping as the API describes it: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html

import type { EventSourceMapping } from './event-source-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';

export function describeMapping(mappings: EventSourceMappings, mapping: EventSourceMapping): Record<string, unknown> {
  const { uuid, props, service, target, wanted, state, lastModifiedMs } = mapping;
  return {
    UUID: uuid,
    BatchSize: wanted.batchSize,
    MaximumBatchingWindowInSeconds: wanted.windowSeconds,
    EventSourceArn: props.eventSourceArn,
    EventSourceMappingArn: mappings.computeArn(uuid),
    FunctionArn: target.arn,
    FunctionResponseTypes: wanted.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    LastModified: lastModifiedMs / 1000,
    ...(wanted.countsEvents && { MetricsConfig: { Metrics: ['EventCount'] } }),
    State: state,
    ...(service === 'sqs' ? describeQueueMapping(mapping) : describeStreamMapping(mapping)),
  };
}

function describeQueueMapping({ wanted: { maximumConcurrency } }: EventSourceMapping) {
  return {
    StateTransitionReason: 'USER_INITIATED',
    ...(maximumConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
  };
}

/** With AWS's defaults for what was not given. */
function describeStreamMapping({ props, wanted, lastProcessingResult }: EventSourceMapping) {
  const { startingPosition, startingTimestampMs } = props;
  return {
    StateTransitionReason: 'User action',
    LastProcessingResult: lastProcessingResult,
    StartingPosition: startingPosition,
    ...(startingTimestampMs !== undefined && { StartingPositionTimestamp: startingTimestampMs / 1000 }),
    MaximumRetryAttempts: wanted.maximumRetryAttempts ?? -1,
    MaximumRecordAgeInSeconds: wanted.maximumRecordAgeSeconds ?? -1,
    BisectBatchOnFunctionError: wanted.bisectBatchOnFunctionError ?? false,
    ParallelizationFactor: wanted.parallelizationFactor ?? 1,
    TumblingWindowInSeconds: 0,
    DestinationConfig: {
      OnFailure: wanted.onFailureArn === undefined ? {} : { Destination: wanted.onFailureArn },
    },
  };
}
