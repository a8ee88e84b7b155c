// Which events of a bucket go where.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { EVENT_TYPES, isModelledEventType } from './object-event.ts';
import { invalidArgument } from './s3-error.ts';

const FILTER_VALUE_LENGTH_MAX = 1024;

const filterSchema = z.strictObject({
  Key: z.strictObject({
    FilterRules: z.array(z.strictObject({ Name: z.string(), Value: z.string().default('') })).default([]),
  }),
});

const commonMembers = {
  Id: z.string().optional(),
  Events: z.array(z.string()).min(1),
  Filter: filterSchema.optional(),
};

/** As the API has it. Topics and event buses are not modelled. */
export const notificationConfigurationSchema = z.strictObject({
  QueueConfigurations: z.array(z.strictObject({ ...commonMembers, QueueArn: z.string() })).default([]),
  LambdaFunctionConfigurations: z
    .array(z.strictObject({ ...commonMembers, LambdaFunctionArn: z.string() }))
    .default([]),
});

export type NotificationConfiguration = z.output<typeof notificationConfigurationSchema>;

/** One way from a bucket's events to a destination. */
export interface NotificationRoute {
  readonly id: string;
  readonly destination: { readonly kind: 'queue' | 'function'; readonly arn: string };
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * `createId` names what has no name.
 * @throws {S3Error} `InvalidArgument`. @throws {UnsupportedFeatureError} for events that never happen in the emulator.
 */
export function createRoutes(configuration: NotificationConfiguration, createId: () => string): NotificationRoute[] {
  const queues = configuration.QueueConfigurations.map(({ QueueArn: arn, ...rest }) =>
    createRoute(rest, { kind: 'queue', arn }, createId),
  );
  const functions = configuration.LambdaFunctionConfigurations.map(({ LambdaFunctionArn: arn, ...rest }) =>
    createRoute(rest, { kind: 'function', arn }, createId),
  );
  const routes = [...queues, ...functions];
  assertDistinct(routes);
  return routes;
}

function createRoute(
  { Id, Events, Filter }: z.output<z.ZodObject<typeof commonMembers>>,
  destination: NotificationRoute['destination'],
  createId: () => string,
): NotificationRoute {
  if (!isDestination(destination)) throw invalidArgument('The ARN could not be parsed', undefined, destination.arn);
  for (const event of Events) assertEvent(event);
  const rules = Filter?.Key.FilterRules ?? [];
  return {
    id: Id ?? createId(),
    destination,
    events: Events,
    prefix: findRule(rules, 'prefix'),
    suffix: findRule(rules, 'suffix'),
  };
}

function isDestination({ kind, arn }: NotificationRoute['destination']): boolean {
  return kind === 'queue'
    ? /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/.test(arn)
    : /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/.test(arn);
}

function assertEvent(event: string): void {
  if (isModelledEventType(event)) return;
  if (EVENT_TYPES.has(event))
    throw new UnsupportedFeatureError('s3.PutBucketNotificationConfiguration', `event ${event}`);
  throw invalidArgument('The event is not supported for notifications', undefined, event);
}

function findRule(rules: readonly { readonly Name: string; readonly Value: string }[], name: string): string {
  for (const { Name, Value } of rules) {
    if (!/^(prefix|suffix)$/i.test(Name)) {
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name);
    }
    if (Value.length > FILTER_VALUE_LENGTH_MAX) {
      throw invalidArgument('Size of filter rule value cannot exceed 1024 bytes in UTF-8', 'FilterRule.Value', Value);
    }
  }
  const found = rules.filter((rule) => rule.Name.toLowerCase() === name);
  if (found.length > 1) throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`);
  return found[0]?.Value ?? '';
}

/** No event may have two ways. @throws {S3Error} `InvalidArgument`. */
function assertDistinct(routes: readonly NotificationRoute[]): void {
  if (new Set(routes.map(({ id }) => id)).size < routes.length) {
    throw invalidArgument('Same ID used for multiple configurations');
  }
  for (const [index, route] of routes.entries()) {
    if (routes.slice(0, index).some((other) => doOverlap(route, other))) {
      throw invalidArgument(
        'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
      );
    }
  }
}

function doOverlap(a: NotificationRoute, b: NotificationRoute): boolean {
  const prefixes = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const suffixes = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return prefixes && suffixes && a.events.some((event) => b.events.some((other) => doShare(event, other)));
}

function doShare(a: string, b: string): boolean {
  return (
    a === b || (a.endsWith('*') && b.startsWith(a.slice(0, -1))) || (b.endsWith('*') && a.startsWith(b.slice(0, -1)))
  );
}

/** Whether an event called `name` (without `s3:`) of the object under `key` goes this way. */
export function takesRoute({ events, prefix, suffix }: NotificationRoute, name: string, key: string): boolean {
  return key.startsWith(prefix) && key.endsWith(suffix) && events.some((event) => doShare(event, `s3:${name}`));
}

/** As the API shows it: kinds of destination that there are none of are left out. */
export function renderRoutes(routes: readonly NotificationRoute[]): Record<string, unknown> {
  const render = (kind: 'queue' | 'function', arnName: string) =>
    routes
      .filter(({ destination }) => destination.kind === kind)
      .map((route) => ({
        Id: route.id,
        [arnName]: route.destination.arn,
        Events: route.events,
        ...((route.prefix || route.suffix) && { Filter: { Key: { FilterRules: renderRules(route) } } }),
      }));
  const queues = render('queue', 'QueueArn');
  const functions = render('function', 'LambdaFunctionArn');
  return {
    ...(queues.length > 0 && { QueueConfigurations: queues }),
    ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
  };
}

function renderRules({ prefix, suffix }: NotificationRoute) {
  return [
    ...(prefix ? [{ Name: 'Prefix', Value: prefix }] : []),
    ...(suffix ? [{ Name: 'Suffix', Value: suffix }] : []),
  ];
}
