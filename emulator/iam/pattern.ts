// Wildcards of policies: `*` is any run of characters, `?` any one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards

export interface Pattern {
  /** As it stands in the policy. */
  readonly text: string;
  matches(value: string): boolean;
}

/** `*` runs over slashes and colons, as it does in a policy's `Action` and `Resource`. */
export function compilePattern(text: string, options: { ignoreCase?: boolean } = {}): Pattern {
  const expression = new RegExp(`^${toExpression(text)}$`, options.ignoreCase ? 'is' : 's');
  return { text, matches: (value) => expression.test(value) };
}

/** Each of an ARN's six parts by itself: no wildcard reaches over the colon between two of them. */
export function compileArnPattern(text: string): Pattern {
  const parts = splitArn(text).map((part) => compilePattern(part));
  return {
    text,
    matches(value) {
      const valueParts = splitArn(value);
      return valueParts.length === parts.length && parts.every((part, index) => part.matches(valueParts[index] ?? ''));
    },
  };
}

function toExpression(text: string): string {
  return text
    .replaceAll(/[.+^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
}

/** `arn`, partition, service, region, account, and the resource with whatever colons it has. */
function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
