// What the report function refuses with.

/**
 * Thrown when CloudWatch still has less than the bucket and the generator counted, save on the last attempt. The state
 * machine retries by this name.
 */
export class MetricsNotSettledError extends Error {
  override name = 'MetricsNotSettledError';
}
