/** Thrown when a policy document is not one that IAM would take. */
export class MalformedPolicyError extends Error {
  override name = 'MalformedPolicyError';
}
