// The name of each execution environment's log stream.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html

import type { Random } from '../../kernel/random.ts';
import type { FunctionProps } from '../function-props.ts';
import { toIso } from './application-line.ts';
import { nameDefaultLogGroup } from './logging-config.ts';

const ID_BYTES = 16;

/** `2026/01/31/[$LATEST]<32 hexadecimal digits>`; in a group that functions may share, with the function's name. */
export function drawLogStreamName({ name, logging }: FunctionProps, nowMs: number, random: Random): string {
  const day = toIso(nowMs).slice(0, 10).replaceAll('-', '/');
  const owner = logging.logGroup === nameDefaultLogGroup(name) ? '' : name;
  return `${day}/${owner}[$LATEST]${random.bytes(ID_BYTES).toString('hex')}`;
}
