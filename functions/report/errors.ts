// What the report function refuses with.

/**
 * Thrown when CloudWatch still has fewer invocations than left a line in S3, save on the last attempt. The state machine
 * retries by this name.
 */
export class MetricsNotSettledError extends Error {
  override name = 'MetricsNotSettledError';
}
