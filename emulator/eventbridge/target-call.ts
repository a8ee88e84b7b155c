// The call that gives a target its event, as AWS makes it: in the name of the target's role, or as the service itself.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html

import type { Principal } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { GatewayCall } from '../kernel/gateway.ts';
import { parseJsonPath } from './json-path.ts';
import type { BusEvent, Rule } from './rule.ts';
import type { TargetDefinition } from './target-definition.ts';

export interface CallPlace {
  /** Of queue URLs. */
  readonly queueOrigin: string;
}

/** `payload` is what the target gets of the event. */
export type TargetCall = (rule: RuleIdentity, event: BusEvent, payload: string) => GatewayCall;

type RuleIdentity = Pick<Rule, 'arn' | 'name'>;
type CallBody = (event: BusEvent, payload: string) => Omit<GatewayCall, 'caller'>;

const PARTITION_KEY_CHARACTERS_MAX = 256;

/**
 * @throws {UnsupportedFeatureError} for a kind of target that is not modelled.
 * @throws {AwsError} `ValidationException`.
 */
export function parseTargetCall(definition: TargetDefinition, place: CallPlace): TargetCall {
  const createBody = parseBody(definition, place);
  const { RoleArn } = definition;
  return (rule, event, payload) => ({ ...createBody(event, payload), caller: createCaller(rule, RoleArn) });
}

/** A queue's URL from its ARN. */
export function computeQueueUrl(queueArn: string, { queueOrigin }: CallPlace): string {
  const [accountId, queueName] = queueArn.split(':').slice(4);
  return `${queueOrigin}/${accountId}/${queueName}`;
}

/** Without a role, the target's own policy has to let EventBridge in. */
export function createCaller(rule: RuleIdentity, roleArn: string | undefined): Principal {
  return roleArn === undefined
    ? { kind: 'service', service: 'events.amazonaws.com', sourceArn: rule.arn }
    : { kind: 'role', roleArn, sessionName: rule.name };
}

function parseBody(definition: TargetDefinition, place: CallPlace): CallBody {
  const { Id, Arn } = definition;
  const [, , service] = Arn.split(':');
  const parse = service !== undefined && Object.hasOwn(BODIES, service) ? BODIES[service] : undefined;
  if (!parse) throw new UnsupportedFeatureError(`target ${Id}`, `target ${Arn}`);
  for (const [parameter, owner] of [
    ['SqsParameters', 'sqs'],
    ['KinesisParameters', 'kinesis'],
  ] as const) {
    if (definition[parameter] && service !== owner) {
      throw new AwsError('ValidationException', `Parameter(s) ${parameter} not valid for target: ${Id}.`);
    }
  }
  return parse(definition, place);
}

const BODIES: Readonly<Record<string, (definition: TargetDefinition, place: CallPlace) => CallBody>> = {
  lambda: ({ Arn }) => {
    return (_event, payload) => ({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: Arn, InvocationType: 'Event', Payload: Buffer.from(payload) },
    });
  },

  sqs: ({ Id, Arn, SqsParameters }, place) => {
    const QueueUrl = computeQueueUrl(Arn, place);
    const { MessageGroupId } = SqsParameters ?? {};
    if (Arn.endsWith('.fifo') && MessageGroupId === undefined) {
      throw new AwsError('ValidationException', `Parameter(s) SqsParameters must be specified for target: ${Id}.`);
    }
    return (_event, payload) => ({
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl, MessageBody: payload, ...(MessageGroupId !== undefined && { MessageGroupId }) },
    });
  },

  kinesis: (definition) => {
    assertRole(definition);
    const computePartitionKey = parsePartitionKey(definition);
    return (event, payload) => ({
      service: 'kinesis',
      operation: 'PutRecord',
      input: {
        StreamARN: definition.Arn,
        Data: Buffer.from(payload).toString('base64'),
        PartitionKey: computePartitionKey(event),
      },
    });
  },

  firehose: (definition) => {
    assertRole(definition);
    const DeliveryStreamName = definition.Arn.split('/').at(-1);
    return (_event, payload) => ({
      service: 'firehose',
      operation: 'PutRecord',
      input: { DeliveryStreamName, Record: { Data: Buffer.from(payload).toString('base64') } },
    });
  },
};

/** The event's id, unless a path says otherwise and the event has it. */
function parsePartitionKey({ Id, KinesisParameters }: TargetDefinition): (event: BusEvent) => string {
  if (!KinesisParameters) return ({ id }) => id;
  const path = parseJsonPath(KinesisParameters.PartitionKeyPath);
  if (!path) {
    throw new AwsError('ValidationException', `Invalid PartitionKeyPath for target ${Id}.`);
  }
  return (event) => {
    const value = path(event);
    const key = typeof value === 'string' ? value : JSON.stringify(value);
    return key ? key.slice(0, PARTITION_KEY_CHARACTERS_MAX) : event.id;
  };
}

function assertRole({ Arn, RoleArn }: TargetDefinition): void {
  if (RoleArn === undefined) throw new AwsError('ValidationException', `RoleArn is required for target ${Arn}.`);
}
