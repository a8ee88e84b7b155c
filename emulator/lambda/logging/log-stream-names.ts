// The name of each execution environment's log stream.
// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html

import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';
import type { FunctionProps } from '../function-props.ts';
import { toIso } from './application-line.ts';
import { nameDefaultLogGroup } from './logging-config.ts';

const ID_BYTES = 16;

export class LogStreamNames {
  readonly #world: World;
  readonly #random: Random;
  /** A group that functions may share names the function in its streams. */
  readonly #prefix: string;

  constructor({ name, logging }: FunctionProps, world: World) {
    this.#world = world;
    this.#random = world.random(`lambda/${name}/log-streams`);
    this.#prefix = logging.logGroup === nameDefaultLogGroup(name) ? '' : name;
  }

  /** `2026/01/31/[$LATEST]<32 hexadecimal digits>`. */
  next(): string {
    const day = toIso(this.#world.clock.now()).slice(0, 10).replaceAll('-', '/');
    return `${day}/${this.#prefix}[$LATEST]${this.#random.bytes(ID_BYTES).toString('hex')}`;
  }
}
