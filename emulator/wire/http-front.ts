// HTTP to the gateway and back: finds the service, the caller and the protocol of a request.

import type { Principal } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Gateway } from '../kernel/gateway.ts';
import { createAwsJsonProtocol } from './aws-json-protocol.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { LAMBDA_PROTOCOL } from './lambda-protocol.ts';
import type { WireProtocol } from './protocol.ts';
import { S3_PROTOCOL } from './s3-protocol.ts';

/** Thrown for a host that is not the emulator's to answer for. */
export class UnknownHostError extends Error {
  override name = 'UnknownHostError';
}

/** By the service's name in a signature's credential scope. */
const PROTOCOLS: Readonly<Record<string, WireProtocol>> = {
  sqs: createAwsJsonProtocol('sqs', 'application/x-amz-json-1.0'),
  states: createAwsJsonProtocol('sfn', 'application/x-amz-json-1.0'),
  monitoring: createAwsJsonProtocol('cloudwatch', 'application/x-amz-json-1.0'),
  kinesis: createAwsJsonProtocol('kinesis', 'application/x-amz-json-1.1'),
  firehose: createAwsJsonProtocol('firehose', 'application/x-amz-json-1.1'),
  events: createAwsJsonProtocol('eventbridge', 'application/x-amz-json-1.1'),
  ssm: createAwsJsonProtocol('ssm', 'application/x-amz-json-1.1'),
  lambda: LAMBDA_PROTOCOL,
  s3: S3_PROTOCOL,
};

export interface HttpFront {
  /** Never rejects for what a caller did wrong: that is a response. @throws {UnknownHostError} */
  handle(request: HttpRequest): Promise<HttpResponse>;
}

export function createHttpFront(parts: {
  gateway: Gateway;
  findPrincipal: (accessKeyId: string) => Principal | undefined;
}): HttpFront {
  return {
    async handle(request) {
      assertKnownHost(request.host);
      const scope = parseCredentialScope(request.headers.authorization ?? '');
      const protocol = PROTOCOLS[scope?.service ?? ''];
      if (!scope || !protocol) return refuseUnsigned(request);
      try {
        const caller = parts.findPrincipal(scope.accessKeyId);
        if (!caller)
          throw new AwsError(protocol.unknownKeyCode, 'The security token included in the request is invalid.', {
            status: 403,
          });
        const { operation, input } = protocol.parseRequest(request);
        const answer = await parts.gateway.callWithRequestId({ service: protocol.service, operation, input, caller });
        return protocol.renderAnswer(operation, answer);
      } catch (error) {
        return protocol.renderError(toAwsError(error));
      }
    },
  };
}

/** It can never reach AWS: what is not a name that it answers to is refused. */
function assertKnownHost(host: string): void {
  if (host.endsWith('.amazonaws.com') || host.endsWith('.emulator.invalid')) return;
  throw new UnknownHostError(`the emulator has no way out: ${host} is no AWS endpoint that it answers for`);
}

/** `AWS4-HMAC-SHA256 Credential=<access key>/<date>/<region>/<service>/aws4_request, …` */
function parseCredentialScope(authorization: string): { accessKeyId: string; service: string } | undefined {
  const match = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization);
  const [, accessKeyId, service] = match ?? [];
  return accessKeyId && service ? { accessKeyId, service } : undefined;
}

function refuseUnsigned({ host }: HttpRequest): HttpResponse {
  const message = `the request to ${host} is not signed for a service that the emulator has`;
  const body = Buffer.from(JSON.stringify({ __type: 'MissingAuthenticationTokenException', message }));
  return { status: 403, headers: { 'content-type': 'application/json' }, body };
}

/** What is not modelled says so, as does a fault of the emulator's own: neither may look like AWS's answer. */
function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UnsupportedFeatureError)
    return new AwsError('NotImplemented', message, { status: 501, cause: error });
  return new AwsError('InternalFailure', message, { status: 500, cause: error });
}
