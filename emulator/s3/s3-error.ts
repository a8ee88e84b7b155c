// What S3 says of an error besides its code and message.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

import { AwsError } from '../kernel/errors.ts';

export interface S3ErrorOptions {
  /** HTTP status. Default 400. */
  readonly status?: number;
  /** Elements of the error's XML, by their names there: `Key`, `Condition`. */
  readonly details?: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class S3Error extends AwsError {
  override name = 'S3Error';
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, { details = {}, headers = {}, ...options }: S3ErrorOptions = {}) {
    super(code, message, options);
    this.details = details;
    this.headers = headers;
  }
}

export function invalidArgument(message: string, name?: string, value?: string): S3Error {
  return new S3Error('InvalidArgument', message, {
    details: {
      ...(name !== undefined && { ArgumentName: name }),
      ...(value !== undefined && { ArgumentValue: value }),
    },
  });
}

export function invalidRequest(message: string): S3Error {
  return new S3Error('InvalidRequest', message);
}
