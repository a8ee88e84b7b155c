// Event patterns by brute force, for property tests: an event stands for every way of choosing one item from each of its
// arrays, and matches when one of them does.

type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

export function matchesByReference(pattern: Fields, event: Fields): boolean {
  return listChoices(event).some((choice) => isObject(choice) && holds(pattern, choice));
}

/** The value with every array replaced by one of its items; an array without any is left out. */
function listChoices(value: Json): Json[] {
  if (Array.isArray(value)) {
    const items = value.flat(Number.POSITIVE_INFINITY);
    return items.length === 0 ? [undefined] : items.flatMap(listChoices);
  }
  if (!isObject(value)) return [value];
  let choices: Fields[] = [{}];
  for (const [name, field] of Object.entries(value)) {
    const fieldChoices = listChoices(field);
    choices = choices.flatMap((choice) => fieldChoices.map((item) => ({ ...choice, [name]: item })));
  }
  return choices;
}

function holds(pattern: Fields, event: Fields): boolean {
  return Object.entries(pattern).every(([name, rule]) => {
    if (name === '$or') return Array.isArray(rule) && rule.some((item) => isObject(item) && holds(item, event));
    const value = event[name];
    if (isObject(rule)) return holds(rule, isObject(value) ? value : {});
    return Array.isArray(rule) && rule.some((item) => holdsOne(item, isObject(value) ? undefined : value));
  });
}

/** `value` is undefined where the event has none. */
function holdsOne(rule: Json, value: Json): boolean {
  if (!isObject(rule)) return value === rule;
  const [[operator, operand] = ['', undefined]] = Object.entries(rule);
  if (operator === 'exists') return (value !== undefined) === operand;
  if (value === undefined) return false;
  if (operator === 'anything-but') {
    const [[inner, texts] = ['', undefined]] = isObject(operand) ? Object.entries(operand) : [['equals', operand]];
    return !(Array.isArray(texts) ? texts : [texts]).some((text) => compare(inner, text, value));
  }
  return compare(operator, operand, value);
}

function compare(operator: string, operand: Json, value: Json): boolean {
  if (operator === 'equals') return value === operand;
  if (operator === 'numeric') return typeof value === 'number' && Array.isArray(operand) && isWithin(operand, value);
  if (typeof value !== 'string') return false;
  if (isObject(operand)) return compare(operator, lower(operand['equals-ignore-case']), lower(value));
  const text = String(operand);
  if (operator === 'prefix') return value.slice(0, text.length) === text;
  if (operator === 'suffix') return text === '' || value.slice(-text.length) === text;
  if (operator === 'equals-ignore-case') return lower(value) === lower(text);
  if (operator === 'wildcard') return matchesWildcard(text, value);
  if (operator === 'cidr') return isInBlock(text, value);
  throw new RangeError(`no comparison is called ${operator}`);
}

function isWithin(terms: readonly Json[], value: number): boolean {
  for (let index = 0; index < terms.length; index += 2) {
    const bound = Number(terms[index + 1]);
    const order = value < bound ? '<' : value > bound ? '>' : '=';
    if (!String(terms[index]).includes(order)) return false;
  }
  return true;
}

function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] !== '*') return pattern[0] === text[0] && matchesWildcard(pattern.slice(1), text.slice(1));
  return Array.from({ length: text.length + 1 }, (_, index) => text.slice(index)).some((rest) =>
    matchesWildcard(pattern.slice(1), rest),
  );
}

function isInBlock(block: string, address: string): boolean {
  const [base = '', bits = ''] = block.split('/');
  const [baseBits, addressBits] = [toBits(base), toBits(address)];
  if (!baseBits || !addressBits || baseBits.length !== addressBits.length) return false;
  return baseBits.slice(0, Number(bits)) === addressBits.slice(0, Number(bits));
}

/** Of IPv4 with four numbers, and of IPv6 with eight groups or one `::`. */
function toBits(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  if (!address.includes(':')) return undefined;
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

function lower(text: Json): string {
  return String(text).toLowerCase();
}

function isObject(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
