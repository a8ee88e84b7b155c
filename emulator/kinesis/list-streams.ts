import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html */
const STREAMS_MAX = 10_000;
const STREAMS_DEFAULT = 100;

export function listStreams(state: KinesisState): Operation {
  return defineOperation({
    name: 'ListStreams',
    input: z.strictObject({
      Limit: z.int().min(1).max(STREAMS_MAX).default(STREAMS_DEFAULT),
      ExclusiveStartStreamName: z.string().default(''),
      /** The name of the last stream of the page before. */
      NextToken: z.string().optional(),
    }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
    needs: () => [{ action: 'kinesis:ListStreams', resource: '*' }],
    handle({ Limit, ExclusiveStartStreamName, NextToken = ExclusiveStartStreamName }) {
      const rest = state.listStreams().filter(({ props }) => props.name > NextToken);
      const page = rest.slice(0, Limit);
      const last = page.at(-1);
      const HasMoreStreams = rest.length > page.length;
      return {
        StreamNames: page.map(({ props }) => props.name),
        StreamSummaries: page.map(({ props, arn, createdMs }) => ({
          StreamName: props.name,
          StreamARN: arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          StreamCreationTimestamp: createdMs / 1000,
        })),
        HasMoreStreams,
        ...(HasMoreStreams && last && { NextToken: last.props.name }),
      };
    },
  });
}
