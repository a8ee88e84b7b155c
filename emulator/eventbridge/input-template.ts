// Input templates: a JSON value, or texts in quotes, with `<variables>` in them.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html

/** What a variable stands for; undefined for a path that the event does not have. */
export type VariableValues = (name: string) => unknown;

export interface InputTemplate {
  /** Each once, in order. */
  readonly variableNames: readonly string[];
  /** @throws {InvalidTemplateOutputError} */
  render(findValue: VariableValues): string;
}

/** Thrown when a template in JSON, with its variables in it, is none any more: what stands for a variable is not escaped. */
export class InvalidTemplateOutputError extends Error {
  override name = 'InvalidTemplateOutputError';
}

type Part = string | { readonly variable: string; readonly isInText: boolean };

const VARIABLE = /<([\w.-]+)>/y;

/** Undefined for a template that is neither JSON nor texts in quotes. */
export function parseInputTemplate(template: string): InputTemplate | undefined {
  const parts = parseParts(template);
  const isJson = /^\s*[[{]/.test(template);
  const probe = parts.map((part) => (typeof part === 'string' ? part : part.isInText ? '' : 'null')).join('');
  if (!(isJson ? isJsonText(probe) : splitTexts(probe).every(isJsonText))) return undefined;
  const variableNames = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.variable]));
  return {
    variableNames: [...new Set(variableNames)],
    render(findValue) {
      const renderPart = (part: Part) => {
        if (typeof part === 'string') return part;
        const value = findValue(part.variable);
        return part.isInText ? renderInText(value, isJson) : JSON.stringify(value === undefined ? '' : value);
      };
      const output = parts.map(renderPart).join('');
      return isJson ? minify(output) : output;
    },
  };
}

/** Cuts a template at its variables, and tells those within quotes from the others. */
function parseParts(template: string): Part[] {
  const parts: Part[] = [];
  let isInText = false;
  let textStart = 0;
  for (let index = 0; index < template.length; index++) {
    const character = template[index];
    if (character === '\\') index++;
    else if (character === '"') isInText = !isInText;
    if (character !== '<') continue;
    VARIABLE.lastIndex = index;
    const match = VARIABLE.exec(template);
    const variable = match?.[1];
    if (!match || variable === undefined) continue;
    parts.push(template.slice(textStart, index), { variable, isInText });
    textStart = index + match[0].length;
    index = textStart - 1;
  }
  parts.push(template.slice(textStart));
  return parts;
}

/** Within quotes nothing is escaped; in a template that is only text, objects and arrays lose their quotes. */
function renderInText(value: unknown, isJson: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value);
  return isJson || typeof value !== 'object' || value === null ? json : json.replaceAll('"', '');
}

/** "The JSON that is passed to the target is minified and escaped." */
function minify(output: string): string {
  try {
    return JSON.stringify(JSON.parse(output));
  } catch (cause) {
    throw new InvalidTemplateOutputError(`the input template gives no JSON: ${output}`, { cause });
  }
}

/** Texts may follow one another on lines of their own. */
function splitTexts(template: string): string[] {
  return template
    .trim()
    .split(/(?<=")\s*\n\s*(?=")/)
    .map((line) => line.trim());
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
