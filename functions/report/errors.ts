// What the report function refuses with.

/**
 * Thrown when CloudWatch still has less than the bucket and the generator counted, save on the last attempt. The state
 * machine retries by this name.
 */
export class MetricsNotSettledError extends Error {
  override name = 'MetricsNotSettledError';
}

/** Thrown when a stored plan, result or event is not what this deployment's other parts write. */
export class UnexpectedContentError extends Error {
  override name = 'UnexpectedContentError';
}
