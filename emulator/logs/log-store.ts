// The account's log groups.

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import { LogGroup } from './log-group.ts';

export class LogStore {
  readonly #world: World;
  readonly #groups = new Map<string, LogGroup>();

  constructor(world: World) {
    this.#world = world;
  }

  now(): number {
    return this.#world.clock.now();
  }

  /** @throws {AwsError} `ResourceAlreadyExistsException`. */
  createGroup(name: string, retentionDays?: number): LogGroup {
    if (this.#groups.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const group = new LogGroup(name, Math.floor(this.now()), retentionDays);
    this.#groups.set(name, group);
    return group;
  }

  has(name: string): boolean {
    return this.#groups.has(name);
  }

  /** `nameOrArn` is a name or an ARN. @throws {AwsError} `ResourceNotFoundException`. */
  findGroup(nameOrArn: string): LogGroup {
    const group = this.#groups.get(parseGroupName(nameOrArn));
    if (group) return group;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  deleteGroup(name: string): void {
    this.findGroup(name).isDeleted = true;
    this.#groups.delete(name);
  }

  /** By name. */
  get groups(): readonly LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Without the `:*` that stands for its streams. */
  computeArn(groupName: string): string {
    const { region, accountId } = this.#world;
    return `arn:aws:logs:${region}:${accountId}:log-group:${groupName}`;
  }

  /**
   * What permission is asked for on a group, or on one of its streams. AWS appends an empty stream name to a group:
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
   */
  computeNeed(operation: string, nameOrArn: string, streamName = '') {
    const resource = `${this.computeArn(parseGroupName(nameOrArn))}:log-stream:${streamName}`;
    return [{ action: `logs:${operation}`, resource }];
  }
}

function parseGroupName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.split(':').slice(6, 7).join('') : nameOrArn;
}
