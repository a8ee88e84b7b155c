// A host that stands for every service, as `AWS_ENDPOINT_URL` names one: which service is meant, the request itself tells.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

import type { CredentialScope } from './credential-scope.ts';
import { type Endpoint, isEndpointName } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';

/** Clients put the bucket before the host's name, unless that is an address. */
const BUCKET_HOST = /^(?<bucket>[a-z0-9][a-z0-9.-]+?)(?:\.s3)?\.localhost$/;

/** Undefined for a service that is not modelled. A request that is not signed is for S3, which alone could answer it. */
export function parseLocalEndpoint(
  { host }: HttpRequest,
  scope: CredentialScope | undefined,
  accountRegion: string,
): Endpoint | undefined {
  const { service, region } = scope ?? { service: 's3', region: accountRegion };
  if (!isEndpointName(service)) return undefined;
  if (service !== 's3') return { name: service, region };
  const bucket = BUCKET_HOST.exec(host)?.groups?.bucket;
  return { name: service, region, ...(bucket !== undefined && bucket !== 's3' && { bucket }) };
}

/** In JSON, whatever the service speaks: its code and message are there for people to read. */
export function renderUnknownService(service: string): HttpResponse {
  const code = 'NotImplemented';
  const message = `${service}: the service is not modelled by the emulator`;
  return {
    status: 501,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ __type: code, message })),
  };
}
