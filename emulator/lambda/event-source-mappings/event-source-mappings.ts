// Mappings from event sources to functions: their settings, and how a change of them comes into force.

import { AwsError } from '../../kernel/errors.ts';
import type { LatencyName } from '../../kernel/latency.ts';
import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import type { LambdaService } from '../lambda-service.ts';
import { assertPollable } from './assert-pollable.ts';
import { assertSettings, assertStartingPosition } from './assert-settings.ts';
import type { EventSourceMapping, MappingState, Pollers } from './event-source-mapping.ts';
import { KinesisPollers } from './kinesis-pollers.ts';
import { type MappingProps, type MappingSettings, parseSourceService } from './mapping-settings.ts';
import { SqsPollers } from './sqs-pollers.ts';

export type { EventSourceMapping } from './event-source-mapping.ts';

interface Entry {
  readonly mapping: EventSourceMapping;
  readonly pollers: Pollers;
}

export class EventSourceMappings {
  readonly #world: World;
  readonly #lambda: LambdaService;
  readonly #random: Random;
  readonly #entries = new Map<string, Entry>();

  constructor(world: World, lambda: LambdaService) {
    this.#world = world;
    this.#lambda = lambda;
    this.#random = world.random('lambda/event-source-mappings');
  }

  /**
   * A mapping that is Enabled (or Disabled) from the start, as a deployment waits for that.
   * @throws {AwsError} `ResourceNotFoundException`, `ResourceConflictException`, `ValidationException` or
   * `InvalidParameterValueException`. UnsupportedFeatureError for other sources than queues and streams.
   */
  create(props: MappingProps): EventSourceMapping {
    const entry = this.#add(props);
    this.#enter(entry, isWanted(props) ? 'Enabled' : 'Disabled');
    return entry.mapping;
  }

  /** A mapping that is Creating, and polls only some time later: what LATEST means is settled then. Throws as `create`. */
  beginCreating(props: MappingProps): EventSourceMapping {
    const entry = this.#add(props);
    this.#settle('esm.create', () => this.#enter(entry, isWanted(props) ? 'Enabled' : 'Disabled'));
    return entry.mapping;
  }

  /**
   * Whether there can be such a mapping, which takes a look at its source.
   * @throws {AwsError} as `create`, and `InvalidParameterValueException` when the role may not poll, or the source is not there
   * or gives messages out again too soon.
   */
  async assertPossible(props: MappingProps): Promise<void> {
    await assertPollable(this.#world, { ...this.#resolve(props), props });
  }

  /** In the order of their creation. */
  list(): EventSourceMapping[] {
    return [...this.#entries.values()].map(({ mapping }) => mapping);
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  find(uuid: string): EventSourceMapping {
    return this.#findEntry(uuid).mapping;
  }

  /**
   * The changes come into force when the state is Enabled or Disabled again, some time later.
   * @throws {AwsError} `ResourceInUseException` while an earlier change is still on its way, and as `create`.
   */
  update(uuid: string, changes: Partial<MappingSettings>): EventSourceMapping {
    const entry = this.#findSettled(uuid, 'update');
    const { mapping, pollers } = entry;
    const wanted = { ...mapping.wanted, ...changes };
    assertSettings(mapping.service, mapping.props.eventSourceArn, wanted);
    const polled = mapping.state === 'Enabled';
    const willPoll = isWanted(wanted);
    mapping.wanted = wanted;
    this.#mark(mapping, polled === willPoll ? 'Updating' : willPoll ? 'Enabling' : 'Disabling');
    const stopped = polled && !willPoll ? pollers.stop() : undefined;
    this.#settle('esm.update', async () => {
      await stopped;
      mapping.settings = mapping.wanted;
      if (polled && willPoll) {
        mapping.state = 'Enabled';
        pollers.onSettings();
      } else {
        this.#enter(entry, willPoll ? 'Enabled' : 'Disabled');
      }
    });
    return mapping;
  }

  /**
   * Stops polling. The mapping is Deleting for some time, and then is gone.
   * @throws {AwsError} `ResourceInUseException` while an earlier change is still on its way, `ResourceNotFoundException`.
   */
  delete(uuid: string): EventSourceMapping {
    const entry = this.#findSettled(uuid, 'delete');
    void this.#beginDeleting(entry);
    return entry.mapping;
  }

  /** As `delete`; resolves when the mapping is gone, as a stack waits for that. */
  async remove(uuid: string): Promise<void> {
    await this.#beginDeleting(this.#findSettled(uuid, 'delete'));
  }

  computeArn(uuid: string): string {
    return `arn:aws:lambda:${this.#world.region}:${this.#world.accountId}:event-source-mapping:${uuid}`;
  }

  #resolve(props: MappingProps): Pick<EventSourceMapping, 'service' | 'target' | 'caller'> {
    const { functionName, eventSourceArn } = props;
    const service = parseSourceService(`event source mapping of ${functionName}`, eventSourceArn);
    assertSettings(service, eventSourceArn, props);
    assertStartingPosition(service, props, this.#world.clock.now());
    const target = this.#lambda.findFunction(functionName);
    return { service, target, caller: { kind: 'role', roleArn: target.props.roleArn, sessionName: target.props.name } };
  }

  #add(props: MappingProps): Entry {
    const { service, target, caller } = this.#resolve(props);
    this.#assertNew(target, props.eventSourceArn);
    const mapping: EventSourceMapping = {
      uuid: this.#random.uuid(),
      props,
      service,
      target,
      caller,
      settings: props,
      wanted: props,
      state: 'Creating',
      lastModifiedMs: this.#world.clock.now(),
      lastProcessingResult: 'No records processed',
    };
    const Created = service === 'sqs' ? SqsPollers : KinesisPollers;
    const entry = { mapping, pollers: new Created(this.#world, this.#lambda, mapping) };
    this.#entries.set(mapping.uuid, entry);
    return entry;
  }

  #enter({ mapping, pollers }: Entry, state: 'Enabled' | 'Disabled'): void {
    mapping.state = state;
    if (state === 'Enabled') pollers.start();
  }

  #mark(mapping: EventSourceMapping, state: MappingState): void {
    mapping.state = state;
    mapping.lastModifiedMs = this.#world.clock.now();
  }

  #beginDeleting({ mapping, pollers }: Entry): Promise<void> {
    const stopped = mapping.state === 'Enabled' ? pollers.stop() : undefined;
    const gone = Promise.withResolvers<void>();
    this.#mark(mapping, 'Deleting');
    this.#settle('esm.delete', async () => {
      await stopped;
      this.#entries.delete(mapping.uuid);
      gone.resolve();
    });
    return gone.promise;
  }

  #settle(latency: LatencyName, settle: () => void | Promise<void>): void {
    const { clock } = this.#world;
    clock.after(this.#world.sampleLatencyMs(latency), () => clock.spawn(async () => settle()));
  }

  #findEntry(uuid: string): Entry {
    const entry = this.#entries.get(uuid);
    if (entry) return entry;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
  }

  #findSettled(uuid: string, verb: 'update' | 'delete'): Entry {
    const entry = this.#findEntry(uuid);
    if (entry.mapping.state === 'Enabled' || entry.mapping.state === 'Disabled') return entry;
    throw new AwsError('ResourceInUseException', `Cannot ${verb} the event source mapping because it is in use.`);
  }

  #assertNew(target: LambdaFunction, eventSourceArn: string): void {
    const twin = this.list().find(
      (mapping) => mapping.target === target && mapping.props.eventSourceArn === eventSourceArn,
    );
    if (!twin) return;
    throw new AwsError(
      'ResourceConflictException',
      `The event source arn (" ${eventSourceArn} ") and function (" ${target.props.name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
      { status: 409 },
    );
  }
}

function isWanted({ enabled = true }: MappingSettings): boolean {
  return enabled;
}
