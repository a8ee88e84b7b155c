// https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { MapRunCounts } from '../map-runs/map-run.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import { mapRunArnSchema } from './names.ts';

export function describeMapRun(mapRuns: MapRuns): Operation {
  return defineOperation({
    name: 'DescribeMapRun',
    input: z.strictObject({ mapRunArn: mapRunArnSchema }),
    needs: ({ mapRunArn }) => [{ action: 'states:DescribeMapRun', resource: mapRunArn }],
    handle({ mapRunArn }) {
      const mapRun = mapRuns.get(mapRunArn);
      const { start, status, stopMs, settings } = mapRun;
      return {
        mapRunArn,
        executionArn: start.executionArn,
        status,
        startDate: start.startMs / 1000,
        ...(stopMs !== undefined && { stopDate: stopMs / 1000 }),
        maxConcurrency: settings.maxConcurrency,
        toleratedFailurePercentage: settings.toleratedFailurePercentage ?? 0,
        toleratedFailureCount: settings.toleratedFailureCount ?? 0,
        itemCounts: renderCounts(mapRun.countItems()),
        executionCounts: renderCounts(mapRun.countExecutions()),
        redriveCount: 0,
      };
    },
  });
}

function renderCounts(counts: MapRunCounts): Record<string, number> {
  return { ...counts, failuresNotRedrivable: 0, pendingRedrive: 0 };
}
