// HTTP to the gateway and back: finds the service, the caller and the protocol of a request.

import type { Principal } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Gateway } from '../kernel/gateway.ts';
import { createAwsJsonProtocol } from './aws-json-protocol.ts';
import { type CredentialScope, parseCredentialScope } from './credential-scope.ts';
import { type Endpoint, type EndpointName, parseEndpoint } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { LAMBDA_PROTOCOL } from './lambda-protocol.ts';
import { parseLocalEndpoint, renderUnknownService } from './local-endpoint.ts';
import type { SignatureRefusal, WireProtocol } from './protocol.ts';
import { createQueryProtocol } from './query-protocol.ts';
import { createRpcV2CborProtocol, speaksCbor } from './rpc-v2-cbor-protocol.ts';
import { S3_PROTOCOL } from './s3-protocol.ts';

const CLOUDWATCH_NAME = 'GraniteServiceVersion20100801';
const CLOUDWATCH_JSON = createAwsJsonProtocol({ service: 'cloudwatch', version: '1.0', target: CLOUDWATCH_NAME });
const CLOUDWATCH_CBOR = createRpcV2CborProtocol({
  jsonProtocol: CLOUDWATCH_JSON,
  serviceName: CLOUDWATCH_NAME,
  timestamps: new Set(['Timestamp', 'Timestamps']),
});

const PROTOCOLS: Readonly<Record<EndpointName, WireProtocol>> = {
  s3: S3_PROTOCOL,
  lambda: LAMBDA_PROTOCOL,
  sqs: createAwsJsonProtocol({ service: 'sqs', version: '1.0', target: 'AmazonSQS' }),
  states: createAwsJsonProtocol({ service: 'sfn', version: '1.0', target: 'AWSStepFunctions' }),
  monitoring: CLOUDWATCH_JSON,
  kinesis: createAwsJsonProtocol({ service: 'kinesis', version: '1.1', target: 'Kinesis_20131202' }),
  firehose: createAwsJsonProtocol({ service: 'firehose', version: '1.1', target: 'Firehose_20150804' }),
  events: createAwsJsonProtocol({ service: 'eventbridge', version: '1.1', target: 'AWSEvents' }),
  logs: createAwsJsonProtocol({ service: 'logs', version: '1.1', target: 'Logs_20140328' }),
  ssm: createAwsJsonProtocol({ service: 'ssm', version: '1.1', target: 'AmazonSSM' }),
  cloudformation: createQueryProtocol({
    service: 'cloudformation',
    version: '2010-05-15',
    namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  }),
  sts: createQueryProtocol({
    service: 'sts',
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  }),
};

export interface HttpFront {
  /**
   * Whatever the request's sender did wrong is a response, as is a fault of the emulator's own (500 `InternalFailure`).
   * @throws {UnknownHostError} for a host that is not the emulator's, as a host that cannot be resolved would.
   */
  handle(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpFrontParts {
  readonly gateway: Gateway;
  /** Of the account: the only one that answers. */
  readonly region: string;
  /** Whose access key it is. */
  readonly findPrincipal: (accessKeyId: string) => Principal | undefined;
}

export interface HttpFrontOptions {
  /** Which hosts stand for every service at once, so that a request has to say for which it is. Default: none. */
  readonly isLocalHost?: (host: string) => boolean;
  /** As in `CallOptions`. Default true. */
  readonly takesModelledTime?: boolean;
}

export function createHttpFront(
  { gateway, region, findPrincipal }: HttpFrontParts,
  { isLocalHost = () => false, takesModelledTime = true }: HttpFrontOptions = {},
): HttpFront {
  return {
    async handle(request) {
      const scope = parseCredentialScope(request, region);
      const isLocal = isLocalHost(request.host);
      const endpoint = isLocal ? parseLocalEndpoint(request, scope, region) : parseEndpoint(request.host);
      if (!endpoint) return renderUnknownService(scope?.service ?? 'unknown');
      const protocol = chooseProtocol(endpoint.name, request);
      const requestId = gateway.createRequestId();
      try {
        const caller = identifyCaller(scope, endpoint, protocol, findPrincipal);
        if (endpoint.region !== region) {
          throw (
            protocol.redirect?.(request, endpoint, region) ??
            new UnsupportedFeatureError(endpoint.name, `Region ${endpoint.region} beside ${region}`)
          );
        }
        protocol.assertInTime?.(request, gateway.nowMs());
        const { operation, input } = protocol.parseRequest(request, endpoint);
        const call = { service: protocol.service, operation, input, caller };
        const answer = await gateway.callWithRequestId(call, { takesModelledTime, requestId });
        return protocol.renderAnswer(operation, answer);
      } catch (error) {
        return protocol.renderError(toAwsError(error), request, requestId);
      }
    },
  };
}

/** CloudWatch speaks two, each to whom asks for it. */
function chooseProtocol(name: EndpointName, request: HttpRequest): WireProtocol {
  return name === 'monitoring' && speaksCbor(request) ? CLOUDWATCH_CBOR : PROTOCOLS[name];
}

/** The signature itself is not checked: only whose key made it, and for what. */
function identifyCaller(
  scope: CredentialScope | undefined,
  endpoint: Endpoint,
  protocol: WireProtocol,
  findPrincipal: HttpFrontParts['findPrincipal'],
): Principal {
  if (!scope) throw refuse(protocol.unsigned);
  if (scope.service !== endpoint.name || scope.region !== endpoint.region) throw refuse(protocol.wrongScope);
  const caller = findPrincipal(scope.accessKeyId);
  if (!caller) throw refuse(protocol.unknownKey);
  return caller;
}

function refuse({ code, message, status }: SignatureRefusal): AwsError {
  return new AwsError(code, message, { status });
}

/** What is not modelled says so, as does a fault of the emulator's own: neither may look like AWS's answer. */
function toAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof UnsupportedFeatureError
    ? new AwsError('NotImplemented', message, { status: 501, cause: error })
    : new AwsError('InternalFailure', message, { status: 500, cause: error });
}
