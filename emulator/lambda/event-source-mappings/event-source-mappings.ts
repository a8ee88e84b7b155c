// Mappings from event sources to functions: their settings, and how a change of them comes into force.

import type { Principal } from '../../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { Random } from '../../kernel/random.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaFunction } from '../lambda-function.ts';
import type { LambdaService } from '../lambda-service.ts';
import { startKinesisPollers } from './kinesis-poller.ts';
import { startSqsPollers } from './sqs-poller.ts';

export interface MappingSettings {
  readonly batchSize: number;
  readonly windowSeconds: number;
}

export interface MappingProps extends MappingSettings {
  readonly functionName: string;
  readonly eventSourceArn: string;
  readonly reportBatchItemFailures: boolean;
  /** Kinesis only. */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  /** Kinesis only; -1 is for ever. */
  readonly maximumRetryAttempts?: number;
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly props: MappingProps;
  readonly target: LambdaFunction;
  readonly caller: Principal;
  /** What polls and batches go by. */
  settings: MappingSettings;
  /** What was asked for last; differs from `settings` while the state is Updating. */
  wanted: MappingSettings;
  state: 'Enabled' | 'Updating';
  lastModifiedMs: number;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const BATCH_SIZE_MAX = 10_000;
const WINDOW_SECONDS_MAX = 300;

export class EventSourceMappings {
  readonly #world: World;
  readonly #lambda: LambdaService;
  readonly #random: Random;
  readonly #mappings = new Map<string, EventSourceMapping>();

  constructor(world: World, lambda: LambdaService) {
    this.#world = world;
    this.#lambda = lambda;
    this.#random = world.random('lambda/event-source-mappings');
  }

  create(props: MappingProps): EventSourceMapping {
    validate(props.eventSourceArn, props);
    const target = this.#lambda.findFunction(props.functionName);
    const mapping: EventSourceMapping = {
      uuid: this.#random.uuid(),
      props,
      target,
      caller: { kind: 'role', roleArn: target.props.roleArn, sessionName: target.props.name },
      settings: props,
      wanted: props,
      state: 'Enabled',
      lastModifiedMs: this.#world.clock.now(),
    };
    this.#mappings.set(mapping.uuid, mapping);
    const service = props.eventSourceArn.split(':')[2];
    if (service === 'sqs') startSqsPollers(this.#world, this.#lambda, mapping);
    else if (service === 'kinesis') startKinesisPollers(this.#world, this.#lambda, mapping);
    else throw new UnsupportedFeatureError(`event source mapping of ${props.functionName}`, `event source ${service}`);
    return mapping;
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  find(uuid: string): EventSourceMapping {
    const mapping = this.#mappings.get(uuid);
    if (mapping) return mapping;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
  }

  /** @throws {AwsError} `ResourceInUseException` while an earlier change is still on its way. */
  update(uuid: string, changes: Partial<MappingSettings>): EventSourceMapping {
    const mapping = this.find(uuid);
    if (mapping.state === 'Updating') {
      throw new AwsError('ResourceInUseException', 'Cannot update the event source mapping because it is in use.');
    }
    const wanted = { ...mapping.wanted, ...changes };
    validate(mapping.props.eventSourceArn, wanted);
    const { clock } = this.#world;
    mapping.wanted = wanted;
    mapping.state = 'Updating';
    mapping.lastModifiedMs = clock.now();
    clock.after(this.#world.sampleLatencyMs('esm.update'), () => {
      mapping.settings = mapping.wanted;
      mapping.state = 'Enabled';
    });
    return mapping;
  }

  computeArn(uuid: string): string {
    return `arn:aws:lambda:${this.#world.region}:${this.#world.accountId}:event-source-mapping:${uuid}`;
  }

  /** As the API describes it. */
  describe(mapping: EventSourceMapping): Record<string, unknown> {
    const { uuid, props, target, wanted, state, lastModifiedMs } = mapping;
    return {
      UUID: uuid,
      BatchSize: wanted.batchSize,
      MaximumBatchingWindowInSeconds: wanted.windowSeconds,
      EventSourceArn: props.eventSourceArn,
      EventSourceMappingArn: this.computeArn(uuid),
      FunctionArn: target.arn,
      FunctionResponseTypes: props.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
      LastModified: lastModifiedMs / 1000,
      State: state,
      StateTransitionReason: 'USER_INITIATED',
      ...(props.startingPosition && { StartingPosition: props.startingPosition }),
    };
  }
}

function validate(eventSourceArn: string, { batchSize, windowSeconds }: MappingSettings): void {
  if (batchSize < 1 || batchSize > BATCH_SIZE_MAX || windowSeconds < 0 || windowSeconds > WINDOW_SECONDS_MAX) {
    throw new AwsError(
      'InvalidParameterValueException',
      `BatchSize must be 1 to ${BATCH_SIZE_MAX} and MaximumBatchingWindowInSeconds 0 to ${WINDOW_SECONDS_MAX}, got ${batchSize} and ${windowSeconds}`,
    );
  }
  if (eventSourceArn.split(':')[2] === 'sqs' && batchSize > 10 && windowSeconds < 1) {
    throw new AwsError(
      'InvalidParameterValueException',
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
}
