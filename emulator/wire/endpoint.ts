// Which service a host name stands for. There is no way out: what is not in here is refused, so nothing can reach AWS.

/** Services that have a protocol, by the name that a signature's scope and a host name both use. */
export const ENDPOINT_NAMES = [
  's3',
  'sqs',
  'kinesis',
  'firehose',
  'events',
  'lambda',
  'states',
  'ssm',
  'monitoring',
  'logs',
  'cloudformation',
  'sts',
] as const;

export type EndpointName = (typeof ENDPOINT_NAMES)[number];

export interface Endpoint {
  readonly name: EndpointName;
  readonly region: string;
  /** S3 only, when the host names it (virtual-hosted style). */
  readonly bucket?: string;
}

/** Thrown for a host that is not the emulator's to answer for. */
class UnknownHostError extends Error {
  override name = 'UnknownHostError';
}

/** `<service>.<region>.amazonaws.com`; https://docs.aws.amazon.com/general/latest/gr/rande.html */
const REGIONAL_HOST = /^(?<name>[a-z0-9]+)\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
const BUCKET_HOST = /^(?<bucket>[a-z0-9][a-z0-9.-]+)\.s3\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/;
/** Its endpoint of old, which stands for the first Region. */
const GLOBAL_S3_HOST = /^(?:(?<bucket>[a-z0-9][a-z0-9.-]+)\.)?s3\.amazonaws\.com$/;
const GLOBAL_S3_REGION = 'us-east-1';
/** Of botocore's legacy setting, answered in the Region that its requests are signed for. https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html */
const GLOBAL_STS = { host: 'sts.amazonaws.com', region: 'us-east-1' } as const;

/** @throws {UnknownHostError} naming the host. */
export function parseEndpoint(host: string): Endpoint {
  const regional = REGIONAL_HOST.exec(host)?.groups;
  if (regional?.name && regional.region && isEndpointName(regional.name)) {
    return { name: regional.name, region: regional.region };
  }
  const virtual = BUCKET_HOST.exec(host)?.groups;
  if (virtual?.bucket && virtual.region) return { name: 's3', region: virtual.region, bucket: virtual.bucket };
  const globalS3 = GLOBAL_S3_HOST.exec(host);
  if (globalS3) {
    const bucket = globalS3.groups?.bucket;
    return { name: 's3', region: GLOBAL_S3_REGION, ...(bucket !== undefined && { bucket }) };
  }
  if (host === GLOBAL_STS.host) return { name: 'sts', region: GLOBAL_STS.region };
  throw new UnknownHostError(
    `${host || 'a request without a host'} is no endpoint of the emulator, and it can never reach AWS; ` +
      `it answers for ${ENDPOINT_NAMES.join(', ')} at <service>.<region>.amazonaws.com`,
  );
}

export function isEndpointName(name: string): name is EndpointName {
  return ENDPOINT_NAMES.some((known) => known === name);
}
