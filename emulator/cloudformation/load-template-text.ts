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

/** Of the emulator's own endpoint, where `AWS_ENDPOINT_URL` names it: the CDK makes the URL from that. */
const LOCAL_STYLE =
  /^https?:\/\/(?:(?<host>[a-z0-9.-]+?)\.)?(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?\/(?<path>[^?]+)$/;

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
  const { bucket, key } = parseTemplateUrl(TemplateURL ?? '');
  const answer = await gateway
    .call({ service: 's3', operation: 'GetObject', caller, input: { Bucket: bucket, Key: key } })
    .catch((cause: unknown) => {
      if (!(cause instanceof AwsError)) throw cause;
      throw new AwsError('ValidationError', `S3 error: ${cause.message}`, { cause });
    });
  const text = objectSchema.parse(answer).Body.toString();
  assertSize('template object', text, OBJECT_BYTES_MAX);
  return text;
}

/** Whatever host it names, only the emulated S3 is asked. */
function parseTemplateUrl(url: string): { bucket: string; key: string } {
  const { bucket, key } = (PATH_STYLE.exec(url) ?? HOST_STYLE.exec(url))?.groups ?? parseLocalUrl(url);
  if (bucket !== undefined && key !== undefined) return { bucket, key: decodeURIComponent(key) };
  throw new AwsError('ValidationError', 'TemplateURL must be a supported URL.');
}

function parseLocalUrl(url: string): { bucket?: string | undefined; key?: string | undefined } {
  const { host, path = '' } = LOCAL_STYLE.exec(url)?.groups ?? {};
  if (host !== undefined && host !== 's3') return { bucket: host.replace(/\.s3$/, ''), key: path };
  const [bucket, ...key] = path.split('/');
  return key.length > 0 ? { bucket, key: key.join('/') } : {};
}

function assertSize(name: string, text: string, bytesMax: number): void {
  if (Buffer.byteLength(text) <= bytesMax) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${bytesMax}`,
  );
}
