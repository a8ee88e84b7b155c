// `Tags.member.1.Key=a&Tags.member.1.Value=b` as `{Tags: [{Key: 'a', Value: 'b'}]}`. All values stay text.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#collections

import { AwsError } from '../kernel/errors.ts';

type Node = Map<string, Node> | string;

/** More fields than any request of CloudFormation or STS has. */
const FIELDS_MAX = 10_000;

/** @throws {AwsError} `MalformedQueryString`. */
export function parseQueryForm(text: string): Record<string, unknown> {
  const fields = [...new URLSearchParams(text)];
  if (fields.length > FIELDS_MAX) throw refuse(`it has more than ${FIELDS_MAX} fields`);
  const root = new Map<string, Node>();
  for (const [path, value] of fields) addField(root, path, value);
  return Object.fromEntries([...root].map(([name, node]) => [name, convert(node)]));
}

function addField(root: Map<string, Node>, path: string, value: string): void {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let node = root;
  for (const name of names) {
    const child = node.get(name) ?? new Map<string, Node>();
    if (typeof child === 'string') throw refuse(`${path} has a value above it`);
    node.set(name, child);
    node = child;
  }
  if (node.has(last)) throw refuse(`${path} is there twice`);
  node.set(last, value);
}

function convert(node: Node): unknown {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (node.size === 1 && members instanceof Map) {
    return [...members]
      .map(([index, member]) => ({ index: Number(index), member }))
      .sort((a, b) => a.index - b.index)
      .map(({ member }) => convert(member));
  }
  return Object.fromEntries([...node].map(([name, child]) => [name, convert(child)]));
}

function refuse(reason: string): AwsError {
  return new AwsError('MalformedQueryString', `The query string is malformed: ${reason}`, { status: 404 });
}
