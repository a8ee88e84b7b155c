// https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { MapRuns } from '../map-runs/map-runs.ts';
import { mapRunArnSchema } from './names.ts';

export function updateMapRun(mapRuns: MapRuns): Operation {
  return defineOperation({
    name: 'UpdateMapRun',
    input: z.strictObject({
      mapRunArn: mapRunArnSchema,
      maxConcurrency: z.int().min(0).optional(),
      toleratedFailurePercentage: z.number().min(0).max(100).optional(),
      toleratedFailureCount: z.int().min(0).optional(),
    }),
    needs: ({ mapRunArn }) => [{ action: 'states:UpdateMapRun', resource: mapRunArn }],
    handle({ mapRunArn, ...settings }) {
      const mapRun = mapRuns.get(mapRunArn);
      if (mapRun.isOver) {
        throw new AwsError('ValidationException', `The Map Run is ${mapRun.status}; only one that runs can be updated`);
      }
      mapRun.update(settings);
      return {};
    },
  });
}
