import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { renderBus } from './describe-event-bus.ts';
import { pageParameters, takePage } from './page.ts';
import { busName } from './parameters.ts';

export function listEventBuses({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'ListEventBuses',
    input: z.strictObject({ NamePrefix: busName.optional(), ...pageParameters }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
    needs: () => [{ action: 'events:ListEventBuses', resource: '*' }],
    handle({ NamePrefix = '', ...paging }) {
      const matching = buses.list().filter(({ name }) => name.startsWith(NamePrefix));
      const { page, ...next } = takePage(matching, ({ name }) => name, paging);
      return { EventBuses: page.map(renderBus), ...next };
    },
  });
}
