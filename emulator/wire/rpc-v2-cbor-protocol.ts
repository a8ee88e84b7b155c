// Smithy RPC v2 CBOR, as newer clients of CloudWatch speak it: the operation in the path, everything else in the body.
// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html

import { cbor, tag } from '@smithy/core/cbor';
import { AwsError } from '../kernel/errors.ts';
import { parseContent } from './content-encoding.ts';
import type { HttpRequest } from './http-message.ts';
import type { WireProtocol } from './protocol.ts';

const PROTOCOL = 'rpc-v2-cbor';
const HEADERS = { 'smithy-protocol': PROTOCOL, 'content-type': 'application/cbor' } as const;
/** CBOR's tag for epoch seconds: https://www.rfc-editor.org/rfc/rfc8949.html#name-epoch-based-date-time */
const EPOCH_TAG = 1;

export interface CborOptions {
  /** What AWS JSON has of it: how it refuses a signature, and the old codes of its errors. */
  readonly jsonProtocol: WireProtocol;
  /** The name of the service's Smithy model. */
  readonly serviceName: string;
  /** Members of answers that are sent as times. */
  readonly timestamps: ReadonlySet<string>;
}

/** Whether the client asks for it. */
export function speaksCbor({ headers }: HttpRequest): boolean {
  return headers['smithy-protocol'] === PROTOCOL;
}

export function createRpcV2CborProtocol({ jsonProtocol, serviceName, timestamps }: CborOptions): WireProtocol {
  return {
    ...jsonProtocol,
    parseRequest(request) {
      const [, service, operation] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
      if (service !== serviceName || !operation) {
        throw new AwsError(
          'UnknownOperationException',
          `the path must be /service/${serviceName}/operation/<operation>, got ${request.path}`,
          { status: 404 },
        );
      }
      return { operation, input: parseBody(parseContent(request)) };
    },
    renderAnswer: (_operation, { requestId, output }) => ({
      status: 200,
      headers: { ...HEADERS, 'x-amzn-requestid': requestId },
      body: render(tagTimes(output ?? {}, timestamps, false)),
    }),
    renderError(error, request, requestId) {
      const { status, headers } = jsonProtocol.renderError(error, request, requestId);
      const body = render({ __type: error.code, message: error.message });
      return { status, headers: { ...headers, ...HEADERS }, body };
    },
  };
}

function render(value: unknown): Buffer {
  return Buffer.from(cbor.serialize(value));
}

function parseBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : untag(cbor.deserialize(body));
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not CBOR.', { cause });
  }
}

/** Times become what they are in the services: epoch seconds. */
function untag(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(untag);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if ('tag' in value && 'value' in value && Number(value.tag) === EPOCH_TAG) return untag(value.value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, untag(member)]));
}

function tagTimes(value: unknown, timestamps: ReadonlySet<string>, isTime: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => tagTimes(item, timestamps, isTime));
  if (isTime && typeof value === 'number') return tag({ tag: EPOCH_TAG, value });
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, tagTimes(member, timestamps, timestamps.has(name))]],
    ),
  );
}
