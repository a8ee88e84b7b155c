// Mappings from event sources to functions: their settings, and how a change of them comes into force.

import type { Principal } from '../../kernel/access.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import type { LambdaService } from '../lambda-service.ts';
import { startKinesisPollers } from './kinesis-pollers.ts';
import {
  assertSettings,
  assertStartingPosition,
  type MappingProps,
  type MappingSettings,
  parseSourceService,
  type SourceService,
} from './mapping-settings.ts';
import { startSqsPollers } from './sqs-pollers.ts';

export interface EventSourceMapping {
  readonly uuid: string;
  readonly props: MappingProps;
  readonly service: SourceService;
  readonly target: LambdaFunction;
  /** Who polls: the function's role. */
  readonly caller: Principal;
  /** What polls and batches go by. */
  settings: MappingSettings;
  /** What was asked for last; differs from `settings` while the state is Updating. */
  wanted: MappingSettings;
  state: 'Enabled' | 'Updating' | 'Deleting';
  lastModifiedMs: number;
}

/** What polls for a mapping. */
export interface Pollers {
  /** Other settings are in force. */
  onSettings(): void;
  /** No more is polled; what is polled already may still be handed over. */
  stop(): void;
}

export class EventSourceMappings {
  readonly #world: World;
  readonly #lambda: LambdaService;
  readonly #random: Random;
  readonly #mappings = new Map<string, { readonly mapping: EventSourceMapping; readonly pollers: Pollers }>();

  constructor(world: World, lambda: LambdaService) {
    this.#world = world;
    this.#lambda = lambda;
    this.#random = world.random('lambda/event-source-mappings');
  }

  /**
   * A mapping that is Enabled from the start, as a deployment waits for that.
   * @throws {AwsError} `ResourceNotFoundException`, `ResourceConflictException`, `ValidationException` or
   * `InvalidParameterValueException`. UnsupportedFeatureError for other sources than standard queues and streams.
   */
  create(props: MappingProps): EventSourceMapping {
    const { functionName, eventSourceArn, startingPosition } = props;
    const service = parseSourceService(`event source mapping of ${functionName}`, eventSourceArn);
    assertSettings(service, props);
    assertStartingPosition(service, startingPosition);
    const target = this.#lambda.findFunction(functionName);
    this.#assertNew(target, eventSourceArn);
    const mapping: EventSourceMapping = {
      uuid: this.#random.uuid(),
      props,
      service,
      target,
      caller: { kind: 'role', roleArn: target.props.roleArn, sessionName: target.props.name },
      settings: props,
      wanted: props,
      state: 'Enabled',
      lastModifiedMs: this.#world.clock.now(),
    };
    const start = service === 'sqs' ? startSqsPollers : startKinesisPollers;
    this.#mappings.set(mapping.uuid, { mapping, pollers: start(this.#world, this.#lambda, mapping) });
    return mapping;
  }

  /** In the order of their creation. */
  list(): EventSourceMapping[] {
    return [...this.#mappings.values()].map(({ mapping }) => mapping);
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  find(uuid: string): EventSourceMapping {
    return this.#findEntry(uuid).mapping;
  }

  /**
   * The changes come into force when the state is Enabled again, some time later.
   * @throws {AwsError} `ResourceInUseException` while an earlier change is still on its way, and as `create`.
   */
  update(uuid: string, changes: Partial<MappingSettings>): EventSourceMapping {
    const { mapping, pollers } = this.#findEntry(uuid);
    if (mapping.state === 'Updating') {
      throw new AwsError('ResourceInUseException', 'Cannot update the event source mapping because it is in use.');
    }
    const wanted = { ...mapping.wanted, ...changes };
    assertSettings(mapping.service, wanted);
    const { clock } = this.#world;
    mapping.wanted = wanted;
    mapping.state = 'Updating';
    mapping.lastModifiedMs = clock.now();
    clock.after(this.#world.sampleLatencyMs('esm.update'), () => {
      if (mapping.state === 'Deleting') return;
      mapping.settings = mapping.wanted;
      mapping.state = 'Enabled';
      pollers.onSettings();
    });
    return mapping;
  }

  /** Does nothing when there is no such mapping. */
  delete(uuid: string): void {
    const entry = this.#mappings.get(uuid);
    if (!entry) return;
    entry.mapping.state = 'Deleting';
    entry.pollers.stop();
    this.#mappings.delete(uuid);
  }

  computeArn(uuid: string): string {
    return `arn:aws:lambda:${this.#world.region}:${this.#world.accountId}:event-source-mapping:${uuid}`;
  }

  #findEntry(uuid: string): { readonly mapping: EventSourceMapping; readonly pollers: Pollers } {
    const entry = this.#mappings.get(uuid);
    if (entry) return entry;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
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

/** Polls that are under way when their mapping is deleted may find the source, the function or its role gone. */
export function spawnPolling(world: World, mapping: EventSourceMapping, run: () => Promise<void>): void {
  world.clock.spawn(async () => {
    try {
      await run();
    } catch (error) {
      if (mapping.state !== 'Deleting') throw error;
    }
  });
}
