// CloudWatch: what services and users recorded, read back.

import type { Service } from '../kernel/operation.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricStore } from './metric-store.ts';
import { putMetricData } from './put-metric-data.ts';

export function createCloudwatchService(store: MetricStore): { readonly service: Service } {
  return {
    service: {
      name: 'cloudwatch',
      operations: [getMetricData(store), getMetricStatistics(store), listMetrics(store), putMetricData(store)],
    },
  };
}
