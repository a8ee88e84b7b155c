// Where a run happened, for people.

import type { ReportJson } from './report-json.ts';

/** The line that every figure has to be read with. */
export function renderEnvironment({ environment }: Pick<ReportJson, 'environment'>): string {
  if (environment.emulated) {
    return `**Emulated** (seed ${environment.seed}): billing follows AWS's documented rules; latencies, durations and how full a batch gets are modelled. Prices of ${environment.region}.`;
  }
  return `**AWS** account ${environment.accountId}, region ${environment.region}.`;
}
