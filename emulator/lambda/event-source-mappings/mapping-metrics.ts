// What CloudWatch shows of a mapping, if it was told to: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html

import type { World } from '../../kernel/world.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

/** Those of `MetricsConfig` `EventCount`, but for what filters leave out. */
export type EventCount =
  | 'PolledEventCount'
  | 'InvokedEventCount'
  | 'FailedInvokeEventCount'
  | 'DeletedEventCount'
  | 'DroppedEventCount'
  | 'OnFailureDestinationDeliveredEventCount';

export function countEvents(world: World, mapping: EventSourceMapping, metricName: EventCount, count: number): void {
  if (!mapping.settings.countsEvents || count === 0) return;
  world.metrics.record({
    namespace: 'AWS/Lambda',
    metricName,
    dimensions: { EventSourceMappingUUID: mapping.uuid },
    value: count,
    timeMs: world.clock.now(),
  });
}

/** A metric of the function's that only mappings give rise to. */
export function recordFunctionMetric(
  world: World,
  mapping: EventSourceMapping,
  metricName: 'IteratorAge' | 'DestinationDeliveryErrors',
  value: number,
): void {
  world.metrics.record({
    namespace: 'AWS/Lambda',
    metricName,
    dimensions: { FunctionName: mapping.target.props.name },
    value,
    timeMs: world.clock.now(),
  });
}
