// The queues of the account in the Region, by name.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import { BilledRequests } from './billed-requests.ts';
import { Queue } from './queue.ts';
import {
  computeSettings,
  createDefaultAttributes,
  parseQueueAttributes,
  type QueueAttributes,
} from './queue-attributes.ts';
import type { QueueSettings } from './queue-settings.ts';
import { allowsSource } from './redrive-policy.ts';
import { createInvalidParameter, createInvalidValue, createNoSuchQueue } from './sqs-errors.ts';
import { addTags, type Tags } from './tags.ts';

/** A queue, and what is known of it that does not change how it works. */
export interface QueueRecord {
  readonly queue: Queue;
  readonly billed: BilledRequests;
  attributes: QueueAttributes;
  tags: Tags;
  /** The text of the policy that the template gives it. */
  policy: string | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const NAME_FREE_AFTER_MS = 60_000;

export class QueueRegistry {
  readonly #world: World;
  readonly #records = new Map<string, QueueRecord>();
  readonly #deletedMs = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  computeArn(name: string): string {
    return `arn:aws:sqs:${this.#world.region}:${this.#world.accountId}:${name}`;
  }

  /** @throws {AwsError} `QueueDoesNotExist`. */
  find(name: string): QueueRecord {
    const found = this.#records.get(name);
    if (!found) throw createNoSuchQueue();
    return found;
  }

  /** Sorted by name. */
  list(): QueueRecord[] {
    return [...this.#records.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  /**
   * Gives the queue that is there when it has the same values of these attributes.
   * @throws {AwsError} `QueueNameExists`, `QueueDeletedRecently`, `InvalidParameterValueException`, `InvalidAttributeName`,
   * `InvalidAttributeValue`.
   */
  create(name: string, given: Readonly<Record<string, string>>, tags: Tags = {}): QueueRecord {
    const isFifo = given.FifoQueue === 'true';
    assertName(name, isFifo);
    const wanted = parseQueueAttributes(given, isFifo);
    const existing = this.#records.get(name);
    if (existing) {
      assertSameAttributes(existing, wanted);
      return existing;
    }
    this.#assertNameIsFree(name);
    const attributes = { ...createDefaultAttributes(isFifo), ...wanted };
    const settings = computeSettings(attributes);
    this.#assertRedrivePolicy(name, settings);
    const queue = new Queue({
      name,
      arn: this.computeArn(name),
      isFifo,
      settings,
      clock: this.#world.clock,
      random: this.#world.random(`sqs/${name}`),
      findQueueByArn: (arn) => this.#findByArn(arn),
    });
    const record = { queue, billed: new BilledRequests(), attributes, tags: addTags({}, tags), policy: undefined };
    this.#records.set(name, record);
    return record;
  }

  /** @throws {AwsError} `InvalidParameterValueException`, `InvalidAttributeName`, `InvalidAttributeValue`. */
  changeAttributes(record: QueueRecord, given: Readonly<Record<string, string>>): void {
    const { queue } = record;
    const attributes = { ...record.attributes, ...parseQueueAttributes(given, queue.isFifo) };
    const settings = computeSettings(attributes);
    if (given.RedrivePolicy !== undefined) this.#assertRedrivePolicy(queue.name, settings);
    record.attributes = attributes;
    queue.changeSettings(settings);
  }

  /** With all that is in it. Receivers that wait get `QueueDoesNotExist`. @throws {AwsError} `QueueDoesNotExist`. */
  remove(name: string): void {
    const { queue } = this.find(name);
    const nowMs = this.#world.clock.now();
    this.#records.delete(name);
    for (const [other, deletedMs] of this.#deletedMs) {
      if (nowMs - deletedMs >= NAME_FREE_AFTER_MS) this.#deletedMs.delete(other);
    }
    this.#deletedMs.set(name, nowMs);
    queue.close();
  }

  #findByArn(arn: string): Queue | undefined {
    const name = arn.split(':').at(-1) ?? '';
    return this.computeArn(name) === arn ? this.#records.get(name)?.queue : undefined;
  }

  #assertNameIsFree(name: string): void {
    const deletedMs = this.#deletedMs.get(name);
    if (deletedMs === undefined || this.#world.clock.now() - deletedMs >= NAME_FREE_AFTER_MS) return;
    throw new AwsError(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }

  /**
   * @throws {AwsError} `InvalidParameterValueException`.
   * @throws {UnsupportedFeatureError} for a dead-letter queue whose own dead letters come back to the queue.
   */
  #assertRedrivePolicy(name: string, { redrivePolicy }: QueueSettings): void {
    if (!redrivePolicy) return;
    const refuse = (reason: string) => createInvalidValue(JSON.stringify(redrivePolicy), 'RedrivePolicy', reason);
    const sourceArn = this.computeArn(name);
    const { deadLetterTargetArn } = redrivePolicy;
    const circle = new UnsupportedFeatureError(`queue ${name}`, 'a RedrivePolicy that leads back to the queue');
    if (deadLetterTargetArn === sourceArn) throw circle;
    const target = this.#findByArn(deadLetterTargetArn);
    if (!target) throw refuse('Dead letter target does not exist.');
    if (target.isFifo !== name.endsWith('.fifo')) {
      throw refuse('Dead-letter queue must be same type of queue as the source.');
    }
    if (!allowsSource(target.settings.redriveAllowPolicy, sourceArn)) {
      throw refuse('Queue does not have permissions to modify redrive policy. Dead letter queue denies this source.');
    }
    const seen = new Set<Queue>();
    for (let next: Queue | undefined = target; next && !seen.has(next); ) {
      seen.add(next);
      const nextArn: string | undefined = next.settings.redrivePolicy?.deadLetterTargetArn;
      if (nextArn === sourceArn) throw circle;
      next = nextArn === undefined ? undefined : this.#findByArn(nextArn);
    }
  }
}

function assertName(name: string, isFifo: boolean): void {
  if (isFifo) {
    if (/^[\w-]{1,75}\.fifo$/.test(name)) return;
    throw createInvalidParameter(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  }
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw createInvalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
}

function assertSameAttributes({ attributes }: QueueRecord, wanted: QueueAttributes): void {
  for (const [name, value] of Object.entries(wanted)) {
    if ((attributes[name] ?? '') === value) continue;
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    );
  }
}
