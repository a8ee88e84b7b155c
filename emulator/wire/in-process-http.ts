// What a function's code gets for `http` and `https`: requests go straight to the front, and no socket is ever opened.

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpFront } from './http-front.ts';
import type { RequestHooks } from './in-process-request.ts';
import { InProcessRequest, type OnResponse, type RequestOptions } from './in-process-request.ts';

export interface InProcessHttpModule {
  request(options: RequestOptions, onResponse?: OnResponse): InProcessRequest;
  readonly Agent: typeof InProcessAgent;
  readonly globalAgent: InProcessAgent;
}

export function createInProcessHttpModule(front: HttpFront, hooks: RequestHooks): InProcessHttpModule {
  return {
    request(options, onResponse) {
      if (typeof options !== 'object' || options instanceof URL) {
        throw new UnsupportedFeatureError('http.request', 'a URL as the first argument');
      }
      return new InProcessRequest(front, hooks, options, onResponse);
    },
    Agent: InProcessAgent,
    globalAgent: new InProcessAgent(),
  };
}

/** Keeps no connections, as there are none. */
class InProcessAgent {
  readonly maxSockets = Number.POSITIVE_INFINITY;
  readonly sockets = {};
  readonly requests = {};
  destroy(): void {}
}
