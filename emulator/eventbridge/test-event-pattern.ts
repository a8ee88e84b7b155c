import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { parseEventPattern } from './event-pattern.ts';

/** "The event must have these": https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
const eventSchema = z.looseObject({
  id: z.string(),
  account: z.string(),
  source: z.string(),
  time: z.string(),
  region: z.string(),
  'detail-type': z.string(),
});

export function testEventPattern(): Operation {
  return defineOperation({
    name: 'TestEventPattern',
    input: z.strictObject({ EventPattern: z.string().max(4096), Event: z.string() }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
    needs: () => [{ action: 'events:TestEventPattern', resource: '*' }],
    handle({ EventPattern, Event }) {
      const matches = parseEventPattern(EventPattern);
      return { Result: matches(parseEvent(Event)) };
    },
  });
}

function parseEvent(text: string): unknown {
  try {
    return eventSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AwsError('ValidationException', 'Parameter Event is not valid.', { cause });
  }
}
