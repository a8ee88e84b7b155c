// What a wire protocol does: one for each family of AWS services.

import type { AwsError } from '../kernel/errors.ts';
import type { GatewayAnswer } from '../kernel/gateway.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';

export interface WireProtocol {
  /** As `Service.name`. */
  readonly service: string;
  /** What the service calls an access key that it does not know. */
  readonly unknownKeyCode: string;
  /** @throws {AwsError} or {UnsupportedFeatureError} */
  parseRequest(request: HttpRequest): { operation: string; input: unknown };
  renderAnswer(operation: string, answer: GatewayAnswer): HttpResponse;
  renderError(error: AwsError): HttpResponse;
}
