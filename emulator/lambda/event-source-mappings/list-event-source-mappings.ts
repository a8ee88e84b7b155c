import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html: never more, whatever is asked for. */
const PAGE_MAX = 100;
const MAX_ITEMS_MAX = 10_000;

export function listEventSourceMappings(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'ListEventSourceMappings',
    input: z.strictObject({
      EventSourceArn: z.string().optional(),
      /** A name or an ARN. */
      FunctionName: z.string().optional(),
      /** The UUID of the last one of the page before. */
      Marker: z.string().optional(),
      MaxItems: z.int().min(1).max(MAX_ITEMS_MAX).default(PAGE_MAX),
    }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    needs: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
    handle({ EventSourceArn, FunctionName, Marker, MaxItems }) {
      const matching = mappings
        .list()
        .filter(({ props }) => EventSourceArn === undefined || props.eventSourceArn === EventSourceArn)
        .filter(({ target }) => FunctionName === undefined || [target.arn, target.props.name].includes(FunctionName));
      const start = Marker === undefined ? 0 : matching.findIndex(({ uuid }) => uuid === Marker) + 1;
      if (Marker !== undefined && start === 0) {
        throw new AwsError('InvalidParameterValueException', `Invalid marker: ${Marker}`);
      }
      const end = start + Math.min(MaxItems, PAGE_MAX);
      const last = matching.slice(start, end).at(-1);
      return {
        EventSourceMappings: matching.slice(start, end).map((mapping) => describeMapping(mappings, mapping)),
        ...(last && end < matching.length && { NextMarker: last.uuid }),
      };
    },
  });
}
