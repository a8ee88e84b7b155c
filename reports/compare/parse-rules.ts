// The rules of --fail-on: `p99ArrivalMs>10%`.

import { closest } from 'fastest-levenshtein';
import type { Rule } from './comparison-json.ts';
import { METRIC_NAMES } from './metrics.ts';

/** Thrown when rules are refused. Its message has one line for each problem. */
export class InvalidRuleError extends Error {
  override name = 'InvalidRuleError';
}

const RULE = /^([^\s<>=]+)\s*(>=|>)\s*(\d+(?:\.\d+)?)\s*(%?)$/;

/** @throws {InvalidRuleError} with all problems at once. */
export function parseRules(texts: readonly string[]): Rule[] {
  const problems: string[] = [];
  const rules = texts.flatMap((text) => {
    const parsed = parseRule(text);
    if (typeof parsed === 'object') return parsed;
    problems.push(`--fail-on ${JSON.stringify(text)}: ${parsed}`);
    return [];
  });
  if (problems.length > 0) throw new InvalidRuleError(problems.join('\n'));
  return rules;
}

/** The rule, or what is wrong with it. */
function parseRule(text: string): Rule | string {
  const [, name = '', comparator, figure = '', percent] = RULE.exec(text.trim()) ?? [];
  if (!comparator) return explainShape(text);
  const metric = METRIC_NAMES.find((known) => known === name);
  if (!metric) return explainUnknown(name);
  return {
    text: text.trim(),
    metric,
    comparator: comparator === '>' ? '>' : '>=',
    margin: percent ? Number(figure) / 100 : Number(figure),
    marginOf: percent ? 'share' : 'unit',
  };
}

function explainShape(text: string): string {
  const shape =
    "it must be <metric> > <margin> or <metric> >= <margin>, the margin 0 or more: a percentage, or a number in the metric's unit, such as p99ArrivalMs>10%";
  return />/.test(text) ? shape : `${shape}; put it in quotes, or the shell takes > for a redirection`;
}

function explainUnknown(name: string): string {
  return `unknown metric ${name}; the nearest is ${closest(name, METRIC_NAMES)}, known are ${METRIC_NAMES.join(', ')}`;
}
