// What a function's code gets for `http` and `https`: requests go straight to the front, and no socket is ever opened.

import { Readable, Writable } from 'node:stream';
import type { HttpFront } from './http-front.ts';
import { parseQuery } from './http-message.ts';

/** Told about requests under way. */
export interface RequestHooks {
  onRequestStart(): void;
  onRequestEnd(): void;
}

interface RequestOptions {
  readonly method?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | number | readonly string[]>>;
}

type OnResponse = (response: InProcessResponse) => void;

export interface InProcessHttpModule {
  request(options: RequestOptions, onResponse?: OnResponse): InProcessRequest;
  readonly Agent: typeof InProcessAgent;
  readonly globalAgent: InProcessAgent;
}

export function createInProcessHttpModule(front: HttpFront, hooks: RequestHooks): InProcessHttpModule {
  return {
    request: (options, onResponse) => new InProcessRequest(front, hooks, options, onResponse),
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

/** Node's IncomingMessage, as far as HTTP clients read it. */
class InProcessResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage = '';
  readonly headers: Readonly<Record<string, string>>;
  #body: Buffer | null;

  constructor(statusCode: number, headers: Readonly<Record<string, string>>, body: Buffer) {
    super();
    this.statusCode = statusCode;
    this.headers = headers;
    this.#body = body;
  }

  override _read(): void {
    if (this.#body && this.#body.length > 0) this.push(this.#body);
    this.#body = null;
    this.push(null);
  }
}

/** Node's ClientRequest, as far as HTTP clients use it. */
export class InProcessRequest extends Writable {
  readonly #front: HttpFront;
  readonly #hooks: RequestHooks;
  readonly #options: RequestOptions;
  readonly #chunks: Buffer[] = [];

  constructor(front: HttpFront, hooks: RequestHooks, options: RequestOptions, onResponse: OnResponse | undefined) {
    super();
    this.#front = front;
    this.#hooks = hooks;
    this.#options = options;
    if (onResponse) this.once('response', onResponse);
    hooks.onRequestStart();
    process.nextTick(() => this.emit('continue'));
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): void {}

  setSocketKeepAlive(): void {}

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#chunks.push(Buffer.from(chunk));
    callback();
  }

  override _final(callback: (error?: Error) => void): void {
    callback();
    void this.#exchange();
  }

  async #exchange(): Promise<void> {
    const { method = 'GET', host, hostname, path = '/', headers = {} } = this.#options;
    const [pathOnly = '/', query = ''] = path.split('?', 2);
    try {
      const response = await this.#front.handle({
        method,
        host: hostname ?? host ?? '',
        path: pathOnly,
        query: parseQuery(query),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
        body: Buffer.concat(this.#chunks),
      });
      this.emit('response', new InProcessResponse(response.status, response.headers, response.body));
    } catch (error) {
      this.emit('error', error);
    } finally {
      this.#hooks.onRequestEnd();
    }
  }
}
