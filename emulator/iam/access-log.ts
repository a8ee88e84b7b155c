// What the access control decided, for tests of least privilege and for whoever looks for a missing grant.

import type { AccessNeed, Principal } from '../kernel/access.ts';

/** A statement as AWS would have to be told of it: in which policy it stands, and where. */
export interface StatementName {
  /** `role worker, policy consume` or `policy of arn:aws:sqs:…`. */
  readonly policy: string;
  /** Counted from 0. */
  readonly index: number;
  readonly sid: string | undefined;
}

export interface AccessDecision {
  readonly caller: Exclude<Principal, { kind: 'root' }>;
  readonly need: AccessNeed;
  readonly isAllowed: boolean;
  /** The denial, or else the first allowance; undefined when no statement speaks of the request. */
  readonly statement: StatementName | undefined;
}

export type DecisionListener = (decision: AccessDecision) => void;

export class AccessLog {
  readonly #listeners: DecisionListener[] = [];

  onDecision(listener: DecisionListener): void {
    this.#listeners.push(listener);
  }

  add(decision: AccessDecision): void {
    for (const listener of this.#listeners) listener(decision);
  }
}
