import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeBucketArn } from './object-key.ts';
import { computeOwner } from './owner.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3State } from './s3-state.ts';
import { compareUtf8 } from './utf8-order.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
const BUCKETS_MAX = 10_000;

export function listBuckets(state: S3State): Operation {
  return defineOperation({
    name: 'ListBuckets',
    input: z.strictObject({
      MaxBuckets: z.int().optional(),
      ContinuationToken: z.string().optional(),
      Prefix: z.string().optional(),
      BucketRegion: z.string().optional(),
    }),
    needs: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    handle({ MaxBuckets = BUCKETS_MAX, ContinuationToken, Prefix = '', BucketRegion }) {
      const { accountId, region } = state.world;
      if (MaxBuckets < 1 || MaxBuckets > BUCKETS_MAX) {
        throw invalidArgument(
          `Argument max-buckets must be an integer between 1 and ${BUCKETS_MAX}`,
          'max-buckets',
          String(MaxBuckets),
        );
      }
      const isHere = BucketRegion === undefined || BucketRegion === region;
      const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64').toString();
      const behind = [...state.buckets.values()]
        .filter(({ name }) => isHere && name.startsWith(Prefix) && compareUtf8(name, after) > 0)
        .sort((a, b) => compareUtf8(a.name, b.name));
      const page = behind.slice(0, MaxBuckets);
      const last = page.at(-1);
      return {
        Owner: computeOwner(accountId),
        Buckets: page.map(({ name, createdMs }) => ({
          Name: name,
          CreationDate: createdMs / 1000,
          BucketRegion: region,
          BucketArn: computeBucketArn(name),
        })),
        ...(Prefix !== '' && { Prefix }),
        ...(behind.length > page.length && last && { ContinuationToken: Buffer.from(last.name).toString('base64') }),
      };
    },
  });
}
