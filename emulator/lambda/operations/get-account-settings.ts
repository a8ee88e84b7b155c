import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { ACCOUNT_CONCURRENCY } from '../concurrency.ts';
import type { LambdaService } from '../lambda-service.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 75 GB, 250 MB and 50 MB. */
const CODE_BYTES_MAX = 80_530_636_800;
const CODE_BYTES_UNZIPPED_MAX = 262_144_000;
const CODE_BYTES_ZIPPED_MAX = 52_428_800;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export function getAccountSettings(lambda: LambdaService): Operation {
  return defineOperation({
    name: 'GetAccountSettings',
    input: z.strictObject({}),
    needs: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
    handle: () => ({
      AccountLimit: {
        TotalCodeSize: CODE_BYTES_MAX,
        CodeSizeUnzipped: CODE_BYTES_UNZIPPED_MAX,
        CodeSizeZipped: CODE_BYTES_ZIPPED_MAX,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: lambda.concurrency.unreserved,
      },
      AccountUsage: {
        TotalCodeSize: lambda.functions.reduce((sum, { bundle }) => sum + bundle.bytes, 0),
        FunctionCount: lambda.functions.length,
      },
    }),
  });
}
