// A request's template, from its body or from S3.

import { z } from 'zod';
import type { Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Gateway } from '../kernel/gateway.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const BODY_BYTES_MAX = 51_200;
const OBJECT_BYTES_MAX = 1_048_576;

/** `https://s3.<region>.amazonaws.com/<bucket>/<key>`, `https://<bucket>.s3.<region>.amazonaws.com/<key>`, or without Region. */
const PATH_STYLE = /^https:\/\/s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com\/(?<bucket>[^/]+)\/(?<key>[^?]+)$/;
const HOST_STYLE = /^https:\/\/(?<bucket>[a-z0-9.-]+?)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com\/(?<key>[^?]+)$/;

const objectSchema = z.object({ Body: z.instanceof(Buffer) });

/** @throws {AwsError} `ValidationError`, and what S3 answers to the caller. */
export async function loadTemplateText(
  gateway: Gateway,
  {
    TemplateBody,
    TemplateURL,
  }: { readonly TemplateBody?: string | undefined; readonly TemplateURL?: string | undefined },
  caller: Principal,
): Promise<string> {
  if ((TemplateBody === undefined) === (TemplateURL === undefined)) {
    throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.');
  }
  if (TemplateBody !== undefined) {
    assertSize('templateBody', TemplateBody, BODY_BYTES_MAX);
    return TemplateBody;
  }
  const { bucket, key } = (PATH_STYLE.exec(TemplateURL ?? '') ?? HOST_STYLE.exec(TemplateURL ?? ''))?.groups ?? {};
  if (bucket === undefined || key === undefined) {
    throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.');
  }
  const answer = await gateway
    .call({ service: 's3', operation: 'GetObject', caller, input: { Bucket: bucket, Key: decodeURIComponent(key) } })
    .catch((cause: unknown) => {
      if (!(cause instanceof AwsError)) throw cause;
      throw new AwsError('ValidationError', `S3 error: ${cause.message}`, { cause });
    });
  const text = objectSchema.parse(answer).Body.toString();
  assertSize('template object', text, OBJECT_BYTES_MAX);
  return text;
}

function assertSize(name: string, text: string, bytesMax: number): void {
  if (Buffer.byteLength(text) <= bytesMax) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${bytesMax}`,
  );
}
