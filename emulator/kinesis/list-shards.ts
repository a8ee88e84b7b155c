import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { describeShard } from './describe-shard.ts';
import { streamReference } from './stream-reference.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html */
const SHARDS_MAX = 10_000;
const SHARDS_DEFAULT = 1000;

const tokenSchema = z.tuple([z.string(), z.string()]);

export function listShards(state: KinesisState): Operation {
  return defineOperation({
    name: 'ListShards',
    input: z.strictObject({
      ...streamReference,
      MaxResults: z.int().min(1).max(SHARDS_MAX).default(SHARDS_DEFAULT),
      ExclusiveStartShardId: z.string().optional(),
      /** Tells the stream, too: neither name nor ARN may come with it. */
      NextToken: z.string().min(1).optional(),
    }),
    needs: ({ NextToken, ...input }) => [
      { action: 'kinesis:ListShards', resource: NextToken ? parseToken(NextToken)[0] : state.computeArn(input) },
    ],
    handle({ NextToken, MaxResults, ExclusiveStartShardId = '', ...reference }) {
      const [arn, after] = NextToken ? parseToken(NextToken) : [undefined, ExclusiveStartShardId];
      const stream = state.findStream(arn === undefined ? reference : { StreamARN: arn });
      const rest = stream.shards.filter(({ id }) => id > after);
      const page = rest.slice(0, MaxResults);
      const last = page.at(-1);
      return {
        Shards: page.map(describeShard),
        ...(rest.length > page.length && last && { NextToken: renderToken(stream.arn, last.id) }),
      };
    },
  });
}

function renderToken(streamArn: string, shardId: string): string {
  return Buffer.from(JSON.stringify([streamArn, shardId])).toString('base64');
}

/** @throws {AwsError} `InvalidArgumentException`. */
function parseToken(token: string): [streamArn: string, lastShardId: string] {
  try {
    return tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64').toString()));
  } catch (cause) {
    throw new AwsError('InvalidArgumentException', 'Invalid NextToken.', { cause });
  }
}
