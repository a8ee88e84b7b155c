// Whose access key signed a request. Signatures themselves are not checked.

import type { Principal } from '../kernel/access.ts';
import type { Random } from '../kernel/random.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export class AccessKeys {
  readonly #principals = new Map<string, Principal>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** New credentials for the principal; a role's are temporary ones, whose key ids begin with ASIA. */
  issue(principal: Principal): Credentials {
    const temporary = principal.kind !== 'root';
    const accessKeyId = `${temporary ? 'ASIA' : 'AKIA'}${this.#random.text(16, KEY_ALPHABET)}`;
    this.#principals.set(accessKeyId, principal);
    const secretAccessKey = this.#random.bytes(30).toString('base64');
    return temporary
      ? { accessKeyId, secretAccessKey, sessionToken: this.#random.bytes(48).toString('base64') }
      : { accessKeyId, secretAccessKey };
  }

  find(accessKeyId: string): Principal | undefined {
    return this.#principals.get(accessKeyId);
  }
}
