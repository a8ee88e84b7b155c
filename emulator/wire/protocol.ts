// What a wire protocol does: one for each family of AWS services.

import type { AwsError } from '../kernel/errors.ts';
import type { GatewayAnswer } from '../kernel/gateway.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';

export interface ParsedRequest {
  /** As `Operation.name`. */
  readonly operation: string;
  readonly input: unknown;
}

/** How a service says that it does not know who asks. */
export interface SignatureRefusal {
  readonly code: string;
  readonly message: string;
  /** HTTP status. */
  readonly status: number;
}

export interface WireProtocol {
  /** As `Service.name`. */
  readonly service: string;
  /** The request is not signed. */
  readonly unsigned: SignatureRefusal;
  /** The access key is nobody's. */
  readonly unknownKey: SignatureRefusal;
  /** The signature is scoped to another service or Region than the one it was sent to. */
  readonly wrongScope: SignatureRefusal;
  /**
   * What AWS says to a request that came to another Region than that of what it is about. Undefined where it would have
   * something else to say there, which is not modelled.
   */
  redirect?(request: HttpRequest, endpoint: Endpoint, accountRegion: string): AwsError | undefined;
  /** @throws {AwsError} when the request was signed for a time that is over. */
  assertInTime?(request: HttpRequest, nowMs: number): void;
  /** @throws {AwsError} or {UnsupportedFeatureError} */
  parseRequest(request: HttpRequest, endpoint: Endpoint): ParsedRequest;
  renderAnswer(operation: string, answer: GatewayAnswer): HttpResponse;
  renderError(error: AwsError, request: HttpRequest, requestId: string): HttpResponse;
}
