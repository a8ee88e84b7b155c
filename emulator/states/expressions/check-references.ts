// What an expression refers to. In Step Functions it runs without a context item: `phone` or `$` has nothing to refer to.
// https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html

/** The names behind `$` in the expression, those of functions included. */
export function collectVariables(node: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  visitNodes(node, (visited) => {
    if (visited.type === 'variable' && typeof visited.value === 'string') names.add(visited.value);
  });
  return names;
}

/** What in the expression refers to a context item that does not exist: one sentence each, as AWS puts it. */
export function findUnsupportedReferences(node: unknown): string[] {
  const problems: string[] = [];
  checkNode(node, true, problems);
  return problems;
}

type SyntaxNode = Readonly<Record<string, unknown>>;

function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function visitNodes(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const element of value) visitNodes(element, visit);
  } else if (isSyntaxNode(value)) {
    visit(value);
    for (const member of Object.values(value)) visitNodes(member, visit);
  }
}

/** Parts of a step that JSONata evaluates against the step's own items. */
const ITEM_PARTS = ['stages', 'predicate', 'group', 'terms'];

/** `hasNoContext`: whether the node is evaluated where there is no context item. */
function checkNode(value: unknown, hasNoContext: boolean, problems: string[]): void {
  if (Array.isArray(value)) {
    for (const element of value) checkNode(element, hasNoContext, problems);
    return;
  }
  if (!isSyntaxNode(value)) return;
  if (value.type === 'variable' && value.value === '$') problems.push(`Reference to '$$' is not supported.`);
  if (hasNoContext && value.type === 'variable' && value.value === '') {
    problems.push(`Reference to '$' at the top level is not supported.`);
  }
  if (hasNoContext && value.type === 'name') {
    problems.push(`Reference to '${String(value.value)}' at the top level is not supported.`);
  }
  for (const [part, member] of Object.entries(value)) {
    if (part === 'steps' && Array.isArray(member)) {
      member.forEach((step, index) => {
        checkNode(step, hasNoContext && index === 0, problems);
      });
    } else {
      checkNode(member, hasNoContext && !ITEM_PARTS.includes(part) && value.type !== 'transform', problems);
    }
  }
}
