// The JSON paths of targets: dots, array indices and `*`.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html

/** The value at a path of an event; undefined when it has none. */
export type JsonPath = (event: unknown) => unknown;

type Step = { readonly name: string } | { readonly index: number } | 'all';

const STEP = /\.(?<name>[^.[\]*]+)|\.(?<star>\*)|\[(?<index>\d+)\]|\[(?<bracketStar>\*)\]/gy;

/** A path with `*` gives an array of what it finds. Undefined for a text that is no such path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  const steps = parseSteps(text);
  if (!steps) return undefined;
  const findsMany = steps.includes('all');
  return (event) => {
    let values: unknown[] = [event];
    for (const step of steps) values = values.flatMap((value) => takeStep(value, step));
    return findsMany ? values : values[0];
  };
}

function parseSteps(text: string): Step[] | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  let end = 1;
  for (const match of text.slice(1).matchAll(STEP)) {
    const { name, index } = match.groups ?? {};
    if (name !== undefined) steps.push({ name });
    else steps.push(index === undefined ? 'all' : { index: Number(index) });
    end += match[0].length;
  }
  return end === text.length ? steps : undefined;
}

function takeStep(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === 'all') return Object.values(value);
  const key = 'name' in step ? step.name : step.index;
  if (Array.isArray(value) !== (typeof key === 'number') || !Object.hasOwn(value, key)) return [];
  return [Reflect.get(value, key)];
}
