// What was measured, as a table.

import { markdownTable } from 'markdown-table';
import { TALLY_FUNCTION_MEMORY_MBS } from '../../../model/cost/lambda-billing.ts';
import { priceOf } from '../../../model/prices/price.ts';
import { REGION } from './store-trial.ts';

export interface Figures {
  readonly title: string;
  readonly messages: number;
  readonly objects: number;
  /** On this machine, the emulator's answers included. */
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly addedBytes: number;
  readonly lists: number;
  readonly gets: number;
  readonly puts: number;
  /** That SQS bills. */
  readonly sqsRequests?: number;
  /** Undefined for what runs in no function. */
  readonly lambdaSeconds?: number;
}

export const MEBIBYTE = 1024 * 1024;

const COLUMNS: readonly (readonly [string, (figures: Figures) => string])[] = [
  ['batch size, how', ({ title }) => title],
  ['messages', ({ messages }) => renderCount(messages)],
  ['objects', ({ objects }) => renderCount(objects)],
  ['wall s', ({ wallSeconds }) => wallSeconds.toFixed(1)],
  ['CPU s', ({ cpuSeconds }) => cpuSeconds.toFixed(1)],
  ['memory MiB', ({ addedBytes }) => (addedBytes / MEBIBYTE).toFixed(0)],
  ['LIST', ({ lists }) => renderCount(lists)],
  ['GET', ({ gets }) => renderCount(gets)],
  ['PUT', ({ puts }) => renderCount(puts)],
  ['SQS', ({ sqsRequests = 0 }) => renderCount(sqsRequests)],
  ['requests USD', (figures) => computeRequestsUsd(figures).toFixed(4)],
  ['Lambda s', ({ lambdaSeconds }) => lambdaSeconds?.toFixed(1) ?? '-'],
  [
    'Lambda USD',
    ({ lambdaSeconds }) => (lambdaSeconds === undefined ? '-' : computeLambdaUsd(lambdaSeconds).toFixed(5)),
  ],
];

export function renderFigures(rows: readonly Figures[]): string {
  const header = COLUMNS.map(([name]) => name);
  return markdownTable([header, ...rows.map((row) => COLUMNS.map(([, render]) => render(row)))], {
    align: ['l', ...header.slice(1).map(() => 'r')],
  });
}

type Requests = Pick<Figures, 'lists' | 'gets' | 'puts' | 'sqsRequests'>;

export function computeRequestsUsd({ lists, gets, puts, sqsRequests = 0 }: Requests): number {
  return (
    (lists + puts) * priceOf(REGION, 's3.put').unitPriceUsd +
    gets * priceOf(REGION, 's3.get').unitPriceUsd +
    sqsRequests * priceOf(REGION, 'sqs.request').unitPriceUsd
  );
}

/** One invocation; collector and tally have the same memory. */
export function computeLambdaUsd(seconds: number): number {
  const gbSeconds = (seconds * TALLY_FUNCTION_MEMORY_MBS) / 1024;
  return (
    gbSeconds * priceOf(REGION, 'lambda.gb-second-arm64').unitPriceUsd + priceOf(REGION, 'lambda.request').unitPriceUsd
  );
}

export function renderCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
