// One AWS API action: what it takes, what it needs permission for, and what it does. One file holds one operation.

import type { z } from 'zod';
import type { AccessNeed, Principal } from './access.ts';
import { AwsError, UnsupportedFeatureError } from './errors.ts';

export interface CallContext {
  readonly caller: Principal;
  readonly requestId: string;
  /**
   * For what an operation needs only in some cases, which it has to look at the resource to know.
   * @throws {AwsError} as `AccessControl.authorize`.
   */
  authorize(need: AccessNeed): void;
}

export interface PreparedCall {
  readonly needs: readonly AccessNeed[];
  run(context: CallContext): Promise<unknown>;
}

/** An operation as the gateway sees it, its input still unparsed. */
export interface Operation {
  /** As AWS spells it: `SendMessageBatch`. */
  readonly name: string;
  /** What it takes, for whoever makes up inputs. */
  readonly input?: z.ZodType;
  /**
   * Parses the input.
   * @throws {AwsError} `ValidationException` when it is not what the API takes.
   * @throws {UnsupportedFeatureError} when it has a member the emulator does not model.
   */
  prepare(input: unknown): PreparedCall;
}

export interface Service {
  /** The client's name in lower case, as in an SDK integration's ARN: `sqs`, `eventbridge`, `sfn`. */
  readonly name: string;
  readonly operations: readonly Operation[];
}

export interface OperationSpecification<Schema extends z.ZodType, Output> {
  readonly name: string;
  readonly input: Schema;
  needs(input: z.output<Schema>): readonly AccessNeed[];
  handle(input: z.output<Schema>, context: CallContext): Output | Promise<Output>;
  /** How the service refuses an input that does not fit. Default: a `ValidationException` with the reason. */
  refuse?(reason: string, cause: z.ZodError): AwsError;
}

/**
 * Inputs and outputs have the shape of the service's own wire JSON (PascalCase or camelCase as the API has it, blobs in
 * base64, timestamps in epoch seconds). Services with raw bodies (S3 objects, Lambda payloads) take and give `Buffer`s.
 */
export function defineOperation<Schema extends z.ZodType, Output>(
  specification: OperationSpecification<Schema, Output>,
): Operation {
  const { name, refuse = refuseAsInvalid } = specification;
  return {
    name,
    input: specification.input,
    prepare(rawInput) {
      const parsed = specification.input.safeParse(rawInput);
      if (!parsed.success) throw explainRejection(name, parsed.error, refuse);
      const input = parsed.data;
      return {
        needs: specification.needs(input),
        run: async (context) => specification.handle(input, context),
      };
    },
  };
}

function refuseAsInvalid(reason: string, cause: z.ZodError): AwsError {
  return new AwsError('ValidationException', reason, { cause });
}

function explainRejection(operationName: string, error: z.ZodError, refuse: typeof refuseAsInvalid): Error {
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      const path = [...issue.path, issue.keys[0]].join('.');
      return new UnsupportedFeatureError(operationName, `parameter ${path}`);
    }
  }
  const reasons = error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`);
  return refuse(reasons.join('; '), error);
}
