// Which failures of a whole call may pass by themselves.

const PASSING_NAMES = /throttl|throughput|unavailable|limitexceeded|slowdown|timeout|toomanyrequests|internal/i;
const PASSING_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

/** Throttling, faults on AWS's side and broken connections; anything else would fail the same way again. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (PASSING_NAMES.test(error.name)) return true;
  if ('code' in error && typeof error.code === 'string' && PASSING_CODES.has(error.code)) return true;
  return '$fault' in error && error.$fault === 'server';
}
