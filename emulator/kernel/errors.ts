// What the emulator can answer instead of a result.

/**
 * An error that AWS documents for an operation: the caller sees its code, message and HTTP status as AWS would send them.
 */
export class AwsError extends Error {
  override name = 'AwsError';
  /** AWS's error code without a namespace, such as `QueueDoesNotExist`. Step Functions prefixes it with the service. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 400;
  }
}

/**
 * Thrown when a template, a state machine or a request asks for something the emulator does not model. It is never
 * ignored: a run that leaned on it would predict nothing.
 */
export class UnsupportedFeatureError extends Error {
  override name = 'UnsupportedFeatureError';
  readonly subject: string;
  readonly feature: string;

  /** `subject` is the resource or operation, with its id; `feature` what it asked for, as AWS spells it. */
  constructor(subject: string, feature: string) {
    super(`${subject}: ${feature} is not modelled by the emulator`);
    this.subject = subject;
    this.feature = feature;
  }
}
