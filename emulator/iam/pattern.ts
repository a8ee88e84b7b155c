// Wildcards of policies: `*` is any run of characters, `?` any one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards

export interface Pattern {
  matches(value: string): boolean;
}

/** Text whose `*` and `?` are wildcards, or text that is meant literally. */
export interface PatternPart {
  readonly kind: 'pattern' | 'literal';
  readonly text: string;
}

/** `*` runs over slashes and colons, as it does in a policy's `Action` and `Resource`. */
export function compilePattern(text: string | readonly PatternPart[], options: { ignoreCase?: boolean } = {}): Pattern {
  const parts = typeof text === 'string' ? [{ kind: 'pattern', text } as const] : text;
  const expression = new RegExp(`^${parts.map(toExpression).join('')}$`, options.ignoreCase ? 'is' : 's');
  return { matches: (value) => expression.test(value) };
}

/** Each of an ARN's six parts by itself: no wildcard reaches over the colon between two of them. */
export function compileArnPattern(text: string | readonly PatternPart[]): Pattern {
  const patterns = splitPattern(typeof text === 'string' ? [{ kind: 'pattern', text }] : text).map((parts) =>
    compilePattern(parts),
  );
  return {
    matches(value) {
      const valueParts = splitArn(value);
      return (
        valueParts.length === patterns.length &&
        patterns.every((pattern, index) => pattern.matches(valueParts[index] ?? ''))
      );
    },
  };
}

function toExpression({ kind, text }: PatternPart): string {
  const escaped = text.replaceAll(/[.+^${}()|[\]\\/*?-]/g, '\\$&');
  return kind === 'literal' ? escaped : escaped.replaceAll(/(\\\*)+/g, '.*').replaceAll('\\?', '.');
}

const ARN_PARTS = 6;

/** `arn`, partition, service, region, account, and the resource with whatever colons it has. */
function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

/** As `splitArn`, over literal and other text alike. */
function splitPattern(parts: readonly PatternPart[]): PatternPart[][] {
  const split: PatternPart[][] = [[]];
  for (const { kind, text } of parts) {
    const room = ARN_PARTS - split.length;
    const pieces = text.split(':');
    const fitting = [...pieces.slice(0, room), ...(pieces.length > room ? [pieces.slice(room).join(':')] : [])];
    fitting.forEach((piece, index) => {
      if (index === 0) split.at(-1)?.push({ kind, text: piece });
      else split.push([{ kind, text: piece }]);
    });
  }
  return split;
}
