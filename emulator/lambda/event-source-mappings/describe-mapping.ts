// A mapping as the API describes it: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html

import type { EventSourceMapping, EventSourceMappings } from './event-source-mappings.ts';

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

/** With AWS's defaults for what cannot be set here. */
function describeStreamMapping({ props, wanted }: EventSourceMapping) {
  return {
    StateTransitionReason: 'User action',
    StartingPosition: props.startingPosition,
    MaximumRetryAttempts: wanted.maximumRetryAttempts ?? -1,
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
    ParallelizationFactor: 1,
    TumblingWindowInSeconds: 0,
    DestinationConfig: { OnFailure: {} },
  };
}
