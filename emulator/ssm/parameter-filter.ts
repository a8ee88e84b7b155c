// `ParameterFilters`: which parameters a listing is about.
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { PARAMETER_TYPES, type Parameter } from './parameter.ts';
import { assertPath } from './parameter-name.ts';

const VALUES_MAX = 50;

export const parameterFilters = z
  .array(
    z.strictObject({
      Key: z.string().min(1).max(132),
      Option: z.string().min(1).max(10).optional(),
      Values: z.array(z.string().min(1).max(1024)).min(1).max(VALUES_MAX).optional(),
    }),
  )
  .default([]);

type Filter = z.output<typeof parameterFilters>[number];
type ParameterTest = (parameter: Parameter) => boolean;
type FilterCompiler = (filter: Filter, values: readonly string[]) => ParameterTest;

const TEXT_OPTIONS = ['Equals', 'BeginsWith', 'Contains'];

/** By key. */
const COMPILERS: Readonly<Record<string, FilterCompiler>> = {
  Name: (filter, values) => {
    const option = readOption(filter, TEXT_OPTIONS);
    return ({ name }) => values.some((value) => compareText(option, name, value));
  },
  Type: (filter, values) => {
    readOption(filter, ['Equals']);
    assertValues(filter, values, PARAMETER_TYPES);
    return ({ type }) => values.includes(type);
  },
  Tier: (filter, values) => {
    readOption(filter, ['Equals']);
    assertValues(filter, values, ['Standard', 'Advanced', 'Intelligent-Tiering']);
    return ({ tier }) => values.includes(tier);
  },
  DataType: (filter, values) => {
    readOption(filter, ['Equals']);
    assertValues(filter, values, ['text', 'aws:ec2:image']);
    return () => values.includes('text');
  },
  Path: (filter, values) => {
    const option = readOption({ ...filter, Option: filter.Option ?? 'OneLevel' }, ['OneLevel', 'Recursive']);
    for (const value of values) assertPath(value);
    return ({ name }) => values.some((path) => isUnderPath(name, path, option === 'Recursive'));
  },
};

/**
 * A parameter must pass every filter; `keys` are those that the operation takes.
 * @throws {AwsError} `InvalidFilterKey`, `InvalidFilterOption`, `InvalidFilterValue`, `ValidationException`.
 * @throws {UnsupportedFeatureError} for tags, keys and labels.
 */
export function compileFilters(
  operationName: string,
  filters: readonly Filter[],
  keys: readonly string[],
): ParameterTest {
  const tests = filters.map((filter) => {
    if (/^(tag:.+|KeyId|Label)$/.test(filter.Key)) {
      throw new UnsupportedFeatureError(`ssm.${operationName}`, `the filter ${filter.Key}`);
    }
    const compile = keys.includes(filter.Key) ? COMPILERS[filter.Key] : undefined;
    if (!compile) {
      throw new AwsError(
        'InvalidFilterKey',
        `The following filter key is not valid: ${filter.Key}. Valid filter keys include: [${keys.join(', ')}].`,
      );
    }
    if (!filter.Values) {
      throw new AwsError(
        'InvalidFilterValue',
        `The following filter values are missing : null for filter key ${filter.Key}`,
      );
    }
    return compile(filter, filter.Values);
  });
  return (parameter) => tests.every((test) => test(parameter));
}

/** Directly below the path, or anywhere below it. */
export function isUnderPath(name: string, path: string, isRecursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  // A name without any slash stands at the root.
  const fullName = name.startsWith('/') ? name : `/${name}`;
  return fullName.startsWith(prefix) && (isRecursive || !fullName.slice(prefix.length).includes('/'));
}

function readOption({ Key, Option = 'Equals' }: Filter, allowed: readonly string[]): string {
  if (allowed.includes(Option)) return Option;
  throw new AwsError(
    'InvalidFilterOption',
    `The following filter option is not valid: ${Option}. Valid options for ${Key} include: [${allowed.join(', ')}].`,
  );
}

function assertValues({ Key }: Filter, values: readonly string[], allowed: readonly string[]): void {
  const wrong = values.find((value) => !allowed.includes(value));
  if (wrong === undefined) return;
  throw new AwsError(
    'InvalidFilterValue',
    `The following filter value is not valid: ${wrong}. Valid values for ${Key} include: [${allowed.join(', ')}].`,
  );
}

function compareText(option: string, text: string, value: string): boolean {
  if (option === 'BeginsWith') return text.startsWith(value) || text.startsWith(`/${value}`);
  return option === 'Contains' ? text.includes(value) : text === value;
}
