// CloudWatch: what services recorded, read back.

import type { Service } from '../kernel/operation.ts';
import { getMetricData } from './get-metric-data.ts';
import type { MetricStore } from './metric-store.ts';

export function createCloudwatchService(store: MetricStore): { readonly service: Service } {
  return { service: { name: 'cloudwatch', operations: [getMetricData(store)] } };
}
