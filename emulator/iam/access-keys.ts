// Whose access key signed a request. Signatures themselves are not checked.

import type { Principal } from '../kernel/access.ts';
import type { Random } from '../kernel/random.ts';

/** Long-lived ones, of the account's owner. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Temporary ones, of a role's session. */
export interface SessionCredentials extends Credentials {
  readonly sessionToken: string;
}

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export class AccessKeys {
  readonly #principals = new Map<string, Principal>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  issueRootKey(): Credentials {
    return this.#issue('AKIA', { kind: 'root' });
  }

  issueSession(session: { readonly roleArn: string; readonly sessionName: string }): SessionCredentials {
    const credentials = this.#issue('ASIA', { kind: 'role', ...session });
    return { ...credentials, sessionToken: this.#random.bytes(48).toString('base64') };
  }

  issueRootSession(): SessionCredentials {
    const credentials = this.#issue('ASIA', { kind: 'root' });
    return { ...credentials, sessionToken: this.#random.bytes(48).toString('base64') };
  }

  find(accessKeyId: string): Principal | undefined {
    return this.#principals.get(accessKeyId);
  }

  /** The prefix tells the kind: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
  #issue(prefix: 'AKIA' | 'ASIA', principal: Principal): Credentials {
    const accessKeyId = `${prefix}${this.#random.text(16, KEY_ALPHABET)}`;
    this.#principals.set(accessKeyId, principal);
    return { accessKeyId, secretAccessKey: this.#random.bytes(30).toString('base64') };
  }
}
