// Requests and responses without sockets.

export interface HttpRequest {
  readonly method: string;
  /** Without a port. */
  readonly host: string;
  /** Still encoded, without the query. */
  readonly path: string;
  /** Decoded. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Headers as clients hand them over: some leave a name in without a value. */
export type GivenHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export function normalizeHeaders(headers: GivenHeaders): Record<string, string> {
  const normalized: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) normalized[name.toLowerCase()] = String(value);
  }
  return normalized;
}

/** `a=b&c` to `{a: 'b', c: ''}`. */
export function parseQuery(text: string): Record<string, string> {
  // Most requests have none.
  return text === '' ? {} : Object.fromEntries(new URLSearchParams(text));
}
