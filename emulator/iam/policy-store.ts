// The account's roles and the policies of its resources.

import { findManagedPolicy } from './managed-policies.ts';
import { type Policy, parsePolicy } from './policy.ts';
import { type AccessRequest, type ConditionKey, createAccessRequest } from './request.ts';

interface Role {
  /** Whom it names itself. */
  readonly trust: Policy;
  /** Whom it names, or leaves to the account to allow. */
  readonly delegation: Policy;
  /** By policy name or managed policy's ARN. */
  readonly policies: Map<string, Policy>;
}

export interface RoleSpecification {
  readonly roleName: string;
  readonly trustPolicy: unknown;
  readonly managedPolicyArns?: readonly string[];
  readonly inlinePolicies?: readonly { readonly policyName: string; readonly document: unknown }[];
}

/** Thrown for a role that a template names and that is not there. */
export class NoSuchRoleError extends Error {
  override name = 'NoSuchRoleError';
}

export class PolicyStore {
  readonly #account: { readonly region: string; readonly accountId: string };
  readonly #roles = new Map<string, Role>();
  /** By the ARN of the resource: statements may come one at a time, each with an id to take it away by. */
  readonly #resourcePolicies = new Map<string, { readonly id: string; readonly policy: Policy }[]>();

  constructor(account: { readonly region: string; readonly accountId: string }) {
    this.#account = account;
  }

  /** Gives the role's ARN. */
  createRole(specification: RoleSpecification): string {
    const { roleName, managedPolicyArns = [], inlinePolicies = [] } = specification;
    const subject = `role ${roleName}`;
    const arn = this.#roleArn(roleName);
    this.#roles.set(arn, {
      ...parseTrust(subject, specification.trustPolicy),
      policies: new Map(
        managedPolicyArns.map((policyArn) => [
          policyArn,
          parsePolicy(policyArn, 'identity', findManagedPolicy(subject, policyArn)),
        ]),
      ),
    });
    for (const { policyName, document } of inlinePolicies) this.putRolePolicy(roleName, policyName, document);
    return arn;
  }

  /** @throws {NoSuchRoleError} */
  putRolePolicy(roleName: string, policyName: string, document: unknown): void {
    const policy = parsePolicy(`role ${roleName}, policy ${policyName}`, 'identity', document);
    this.#getRole(this.#roleArn(roleName)).policies.set(policyName, policy);
  }

  /** Replaces the trust policy. @throws {NoSuchRoleError} */
  updateTrustPolicy(roleName: string, trustPolicy: unknown): void {
    const arn = this.#roleArn(roleName);
    this.#roles.set(arn, { ...this.#getRole(arn), ...parseTrust(`role ${roleName}`, trustPolicy) });
  }

  /** Does nothing when there is no such role. */
  deleteRole(roleName: string): void {
    this.#roles.delete(this.#roleArn(roleName));
  }

  /** Does nothing when there is no such role or policy. */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.#roles.get(this.#roleArn(roleName))?.policies.delete(policyName);
  }

  hasRole(roleArn: string): boolean {
    return this.#roles.has(roleArn);
  }

  /** Takes away one statement, as `lambda:RemovePermission` does, or all that the resource has. */
  removeResourcePolicy(resourceArn: string, policyId?: string): void {
    const kept = policyId === undefined ? [] : this.#resourceEntries(resourceArn).filter(({ id }) => id !== policyId);
    this.#resourcePolicies.set(resourceArn, kept);
  }

  /** Adds to what the resource has already, as `lambda:AddPermission` does. */
  addResourcePolicy(resourceArn: string, document: unknown, id = ''): void {
    const policy = parsePolicy(`policy of ${resourceArn}`, 'resource', document);
    this.#resourcePolicies.set(resourceArn, [...this.#resourceEntries(resourceArn), { id, policy }]);
  }

  /** @throws {NoSuchRoleError} */
  listIdentityPolicies(roleArn: string): readonly Policy[] {
    return [...this.#getRole(roleArn).policies.values()];
  }

  listResourcePolicies(resourceArn: string): readonly Policy[] {
    return this.#resourceEntries(resourceArn).map(({ policy }) => policy);
  }

  /**
   * Whether the role's trust policy lets the service take the role on for `sourceArn`.
   * @throws {NoSuchRoleError}
   */
  trusts(roleArn: string, service: string, sourceArn: string): boolean {
    const caller = { kind: 'service', service, sourceArn } as const;
    const request = createAccessRequest(caller, { action: 'sts:AssumeRole', resource: roleArn }, this.#account);
    return this.#getRole(roleArn).trust.decide(request) === 'allow';
  }

  /**
   * What the role's trust policy says to a session of another role that wants to take it on; `delegate` leaves it to the
   * other role's own policies.
   * @throws {NoSuchRoleError}
   */
  decideTrust(
    roleArn: string,
    caller: AccessRequest['caller'],
    keys: ReadonlyMap<ConditionKey, string>,
  ): 'allow' | 'deny' | 'delegate' | 'nothing' {
    const need = { action: 'sts:AssumeRole', resource: roleArn };
    const request = createAccessRequest(caller, need, this.#account, keys);
    const { trust, delegation } = this.#getRole(roleArn);
    const decision = trust.decide(request);
    if (decision !== 'nothing') return decision;
    return delegation.decide(request) === 'allow' ? 'delegate' : 'nothing';
  }

  #resourceEntries(resourceArn: string): { readonly id: string; readonly policy: Policy }[] {
    return this.#resourcePolicies.get(resourceArn) ?? [];
  }

  #getRole(roleArn: string): Role {
    const role = this.#roles.get(roleArn);
    if (!role) throw new NoSuchRoleError(`there is no role ${roleArn}`);
    return role;
  }

  #roleArn(roleName: string): string {
    return `arn:aws:iam::${this.#account.accountId}:role/${roleName}`;
  }
}

function parseTrust(subject: string, document: unknown): Pick<Role, 'trust' | 'delegation'> {
  return {
    trust: parsePolicy(`${subject}, trust policy`, 'trust', document),
    delegation: parsePolicy(`${subject}, trust policy`, 'delegation', document),
  };
}
