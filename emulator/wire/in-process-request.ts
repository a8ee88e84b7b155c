// Node's ClientRequest and IncomingMessage as far as HTTP clients use them. Everything happens in microtasks and on the
// next tick, so that code which waits for a response waits for nothing but the virtual clock.

import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { HttpFront } from './http-front.ts';
import { type GivenHeaders, type HttpResponse, normalizeHeaders, parseQuery } from './http-message.ts';

/** Told about requests under way: each start has one end, also when the request fails or is destroyed. */
export interface RequestHooks {
  onRequestStart(): void;
  onRequestEnd(): void;
}

export interface RequestOptions {
  readonly method?: string;
  readonly host?: string;
  readonly hostname?: string;
  /** Still encoded, with the query. */
  readonly path?: string;
  readonly headers?: GivenHeaders;
}

export type OnResponse = (response: InProcessResponse) => void;

/**
 * Stands for a connection that is always there. It never times out: an emulated service always answers, and how long it
 * takes is for timers in virtual time to limit.
 */
class InProcessSocket extends EventEmitter {
  readonly connecting = false;
  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  destroy(): this {
    return this;
  }
}

class InProcessResponse extends Readable {
  readonly statusCode: number;
  readonly statusMessage = '';
  readonly headers: Readonly<Record<string, string>>;
  /** All of it was there from the start. */
  readonly complete = true;
  readonly #body: Buffer;

  constructor({ status, headers, body }: HttpResponse) {
    super();
    this.statusCode = status;
    this.headers = headers;
    this.#body = body;
  }

  override _read(): void {
    if (this.#body.length > 0) this.push(this.#body);
    this.push(null);
  }
}

export class InProcessRequest extends Writable {
  readonly socket = new InProcessSocket();
  readonly #front: HttpFront;
  readonly #hooks: RequestHooks;
  readonly #options: RequestOptions;
  readonly #chunks: Buffer[] = [];

  constructor(front: HttpFront, hooks: RequestHooks, options: RequestOptions, onResponse: OnResponse | undefined) {
    // A client's request closes when its response is there, not when its own body has been sent.
    super({ autoDestroy: false });
    this.#front = front;
    this.#hooks = hooks;
    this.#options = options;
    if (onResponse) this.once('response', onResponse);
    hooks.onRequestStart();
    if (normalizeHeaders(options.headers ?? {}).expect === '100-continue') {
      process.nextTick(() => this.emit('continue'));
    }
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): void {}

  setSocketKeepAlive(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error) => void): void {
    this.#chunks.push(chunk);
    callback();
  }

  override _final(callback: (error?: Error) => void): void {
    callback();
    void this.#exchange();
  }

  /** Node calls it once, whatever ends the request first. */
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#hooks.onRequestEnd();
    callback(error);
  }

  async #exchange(): Promise<void> {
    const { method = 'GET', host, hostname, path = '/', headers = {} } = this.#options;
    const queryStart = path.indexOf('?');
    try {
      const response = await this.#front.handle({
        method,
        host: hostname ?? host ?? '',
        path: queryStart < 0 ? path : path.slice(0, queryStart),
        query: parseQuery(queryStart < 0 ? '' : path.slice(queryStart + 1)),
        headers: normalizeHeaders(headers),
        body: Buffer.concat(this.#chunks),
      });
      if (this.destroyed) return;
      this.emit('response', new InProcessResponse(response));
      this.destroy();
    } catch (error) {
      if (!this.destroyed) this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
