// How a state fails.

/** Causes are cut to what an execution can hold: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionFailedEventDetails.html */
const CAUSE_CHARACTERS_MAX = 32_768;
const ERROR_CHARACTERS_MAX = 256;

/** Thrown when a state fails; Retry and Catch match its error name. */
export class StateError extends Error {
  override name = 'StateError';
  /** As `ErrorEquals` matches it: `States.Timeout`, `Lambda.TooManyRequestsException`, a function's own error type. */
  readonly error: string;
  /** Empty when there is none. */
  readonly causeText: string;

  constructor(error: string, causeText: string) {
    super(`${error}: ${causeText}`);
    this.error = error.slice(0, ERROR_CHARACTERS_MAX);
    this.causeText = causeText.slice(0, CAUSE_CHARACTERS_MAX);
  }

  /** As history events have them: an empty cause is left out. */
  get details(): { error: string; cause?: string } {
    return this.causeText === '' ? { error: this.error } : { error: this.error, cause: this.causeText };
  }
}

/** Whether a retrier or catcher with these names takes the error. Both lists follow the Developer Guide's error names. */
export function matchesError(error: StateError, errorEquals: readonly string[]): boolean {
  // An execution that fails with States.Runtime has failed for good.
  if (error.error === 'States.Runtime') return false;
  if (errorEquals.includes(error.error)) return true;
  if (error.error === 'States.HeartbeatTimeout' && errorEquals.includes('States.Timeout')) return true;
  if (error.error === 'States.DataLimitExceeded') return false;
  if (errorEquals.includes('States.ALL')) return true;
  return errorEquals.includes('States.TaskFailed') && error.error !== 'States.Timeout';
}
