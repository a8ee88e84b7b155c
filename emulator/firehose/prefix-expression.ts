// Prefixes of delivered objects: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { parseTimestampPattern } from './timestamp-pattern.ts';

const EVALUATED_CHARACTERS_MAX = 512;

/** What expressions are evaluated with. */
export interface PrefixValues {
  /** Arrival of the oldest record in the object, epoch milliseconds. */
  readonly oldestMs: number;
  /** Why the records failed, as `!{firehose:error-output-type}` has it. */
  readonly errorOutputType: string;
  /** Eleven characters, others for each expression. */
  readonly createRandomString: () => string;
}

type Part = (values: PrefixValues) => string;

/** The two fields that hold one, as the API names them. */
type PrefixField = 'Prefix' | 'ErrorOutputPrefix';

export interface PrefixExpression {
  render(values: PrefixValues): string;
}

/** The longest of every value. */
const LONGEST_VALUES: PrefixValues = {
  oldestMs: Date.UTC(2000, 11, 31, 23, 59, 59),
  errorOutputType: 'processing-failed',
  createRandomString: () => 'x'.repeat(11),
};

const HOUR_FOLDERS = '!{timestamp:yyyy/MM/dd/HH}/';

/**
 * A `Prefix` without a timestamp gets `yyyy/MM/dd/HH/` appended.
 * @throws {AwsError} `InvalidArgumentException`.
 * @throws {UnsupportedFeatureError} for expressions of dynamic partitioning and date letters that are not modelled.
 */
export function parsePrefix(text: string): PrefixExpression {
  return compile('Prefix', text.includes('!{timestamp:') ? text : `${text}${HOUR_FOLDERS}`);
}

/**
 * What failed is kept apart by its type. Where the field has no expression, the type and the hour are appended to it;
 * where there is no such field, to the prefix.
 * @throws as `parsePrefix`; also when `Prefix` has expressions and this is left out, and when its own lack the type.
 */
export function parseErrorOutputPrefix(text: string | undefined, prefix: string): PrefixExpression {
  if (text === undefined && hasExpressions(prefix)) {
    throw invalid("ErrorOutputPrefix can't be null when Prefix contains expressions");
  }
  const given = text ?? prefix;
  if (!hasExpressions(given)) {
    return compile('ErrorOutputPrefix', `${given}!{firehose:error-output-type}/${HOUR_FOLDERS}`);
  }
  if (!given.includes('!{firehose:error-output-type}')) {
    throw invalid('ErrorOutputPrefix has expressions and must have !{firehose:error-output-type} among them');
  }
  return compile('ErrorOutputPrefix', given);
}

function hasExpressions(text: string): boolean {
  return text.includes('!{');
}

function compile(field: PrefixField, text: string): PrefixExpression {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(/!\{([^}:]*):([^}]*)\}/g)) {
    const [whole, namespace = '', value = ''] = match;
    parts.push(parseLiteral(field, text.slice(end, match.index)), parseExpression(field, whole, namespace, value));
    end = match.index + whole.length;
  }
  parts.push(parseLiteral(field, text.slice(end)));
  const render = (values: PrefixValues) => parts.map((part) => part(values)).join('');
  const characters = render(LONGEST_VALUES).length;
  if (characters > EVALUATED_CHARACTERS_MAX) {
    throw invalid(
      `${field} has ${characters} characters when evaluated; at most ${EVALUATED_CHARACTERS_MAX} are allowed`,
    );
  }
  return { render };
}

function parseLiteral(field: PrefixField, text: string): Part {
  if (text.includes('!{')) throw invalid(`${field} has !{ outside of an expression !{namespace:value}`);
  return () => text;
}

function parseExpression(field: PrefixField, whole: string, namespace: string, value: string): Part {
  if (namespace === 'timestamp') {
    const renderTime = parseTimestampPattern(value);
    return ({ oldestMs }) => renderTime(oldestMs);
  }
  if (namespace === 'firehose' && value === 'random-string') return ({ createRandomString }) => createRandomString();
  if (namespace === 'firehose' && value === 'error-output-type') {
    if (field === 'Prefix') throw invalid(`Prefix can't contain ${whole}`);
    return ({ errorOutputType }) => errorOutputType;
  }
  if (namespace === 'partitionKeyFromQuery' || namespace === 'partitionKeyFromLambda') {
    throw new UnsupportedFeatureError('Firehose', `${field} expression ${whole}`);
  }
  throw invalid(`${field} has an expression that does not exist: ${whole}`);
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidArgumentException', reason);
}
