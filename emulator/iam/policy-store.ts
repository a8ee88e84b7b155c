// The account's roles and the policies of its resources.

import type { AccessNeed } from '../kernel/access.ts';
import { AccessLog } from './access-log.ts';
import { findManagedPolicy } from './managed-policies.ts';
import { decide, type Policy, parsePolicy } from './policy.ts';
import { type AccessAccount, type AccessRequest, createAccessRequest } from './request.ts';

interface Role {
  /** Whom it names itself. */
  readonly trust: Policy;
  /** Whom it names, or leaves to the account to allow. */
  readonly delegation: Policy;
  /** By the tag's key in lower case. */
  readonly tags: ReadonlyMap<string, string>;
  /** By policy name or managed policy's ARN. */
  readonly policies: Map<string, Policy>;
}

export interface RoleSpecification {
  readonly roleName: string;
  /** Begins and ends with a slash. Default `/`. */
  readonly path?: string;
  readonly trustPolicy: unknown;
  readonly managedPolicyArns?: readonly string[];
  readonly inlinePolicies?: readonly { readonly policyName: string; readonly document: unknown }[];
  readonly tags?: readonly { readonly key: string; readonly value: string }[];
}

/** Thrown for a role that a template names and that is not there. */
export class NoSuchRoleError extends Error {
  override name = 'NoSuchRoleError';
}

export class PolicyStore {
  /** Told of every decision, those on trust included. */
  readonly log = new AccessLog();
  readonly #account: AccessAccount;
  /** By ARN. */
  readonly #roles = new Map<string, Role>();
  /** By name, which is unique whatever the path. */
  readonly #roleArns = new Map<string, string>();
  /** The account's own, by ARN. */
  readonly #managedPolicies = new Map<string, Policy>();
  /** By the ARN of the resource: statements may come one at a time, each with an id to take it away by. */
  readonly #resourcePolicies = new Map<string, { readonly id: string; readonly policy: Policy }[]>();

  constructor(account: AccessAccount) {
    this.#account = account;
  }

  /** Gives the role's ARN. */
  createRole(specification: RoleSpecification): string {
    const { roleName, path = '/', managedPolicyArns = [], inlinePolicies = [], tags = [] } = specification;
    const subject = `role ${roleName}`;
    const arn = `arn:aws:iam::${this.#account.accountId}:role${path}${roleName}`;
    this.#roleArns.set(roleName, arn);
    this.#roles.set(arn, {
      ...parseTrust(subject, specification.trustPolicy),
      tags: new Map(tags.map(({ key, value }) => [key.toLowerCase(), value])),
      policies: new Map(managedPolicyArns.map((policyArn) => [policyArn, this.#findManagedPolicy(subject, policyArn)])),
    });
    for (const { policyName, document } of inlinePolicies) this.putRolePolicy(roleName, policyName, document);
    return arn;
  }

  /** @throws {NoSuchRoleError} */
  putRolePolicy(roleName: string, policyName: string, document: unknown): void {
    const policy = parsePolicy(`role ${roleName}, policy ${policyName}`, 'identity', document);
    this.#getRoleByName(roleName).policies.set(policyName, policy);
  }

  /** One of the account's own, to be attached by its ARN, which is given. */
  createManagedPolicy(specification: { policyName: string; path?: string; document: unknown }): string {
    const { policyName, path = '/', document } = specification;
    const arn = `arn:aws:iam::${this.#account.accountId}:policy${path}${policyName}`;
    this.#managedPolicies.set(arn, parsePolicy(`managed policy ${policyName}`, 'identity', document));
    return arn;
  }

  /** @throws {NoSuchRoleError} @throws {UnsupportedFeatureError} for a policy of AWS's that is not modelled. */
  attachRolePolicy(roleName: string, policyArn: string): void {
    const policy = this.#findManagedPolicy(`role ${roleName}`, policyArn);
    this.#getRoleByName(roleName).policies.set(policyArn, policy);
  }

  /** Does nothing when there is no such policy. */
  deleteManagedPolicy(policyArn: string): void {
    this.#managedPolicies.delete(policyArn);
  }

  /** Replaces the trust policy. @throws {NoSuchRoleError} */
  updateTrustPolicy(roleName: string, trustPolicy: unknown): void {
    const arn = this.#arnOf(roleName);
    this.#roles.set(arn, { ...this.#getRole(arn), ...parseTrust(`role ${roleName}`, trustPolicy) });
  }

  /** Does nothing when there is no such role. */
  deleteRole(roleName: string): void {
    this.#roles.delete(this.#arnOf(roleName));
    this.#roleArns.delete(roleName);
  }

  /** Of either kind, by its name or ARN. Does nothing when there is no such role or policy. */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.#roles.get(this.#arnOf(roleName))?.policies.delete(policyName);
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

  /** What policies are asked about a call. */
  createRequest(caller: AccessRequest['caller'], need: AccessNeed): AccessRequest {
    const tags = caller.kind === 'role' ? this.#roles.get(caller.roleArn)?.tags : undefined;
    return createAccessRequest(caller, need, this.#account, tags);
  }

  /**
   * Whether the role's trust policy lets the service take the role on for `sourceArn`.
   * @throws {NoSuchRoleError}
   */
  trusts(roleArn: string, service: string, sourceArn: string): boolean {
    const caller = { kind: 'service', service, sourceArn } as const;
    const need = { action: 'sts:AssumeRole', resource: roleArn };
    const verdict = decide([this.#getRole(roleArn).trust], this.createRequest(caller, need));
    const isAllowed = verdict?.effect === 'allow';
    this.log.add({ caller, need, isAllowed, statement: verdict?.statement });
    return isAllowed;
  }

  /**
   * What the role's trust policy says to a session of another role that wants to take it on; `delegate` leaves it to the
   * other role's own policies. `keys` are the request's own.
   * @throws {NoSuchRoleError}
   */
  decideTrust(
    roleArn: string,
    caller: AccessRequest['caller'],
    keys: NonNullable<AccessNeed['keys']>,
  ): 'allow' | 'deny' | 'delegate' | 'nothing' {
    const need = { action: 'sts:AssumeRole', resource: roleArn, keys };
    const request = this.createRequest(caller, need);
    const { trust, delegation } = this.#getRole(roleArn);
    const verdict = decide([trust], request);
    this.log.add({ caller, need, isAllowed: verdict?.effect === 'allow', statement: verdict?.statement });
    if (verdict) return verdict.effect;
    return decide([delegation], request)?.effect === 'allow' ? 'delegate' : 'nothing';
  }

  #resourceEntries(resourceArn: string): { readonly id: string; readonly policy: Policy }[] {
    return this.#resourcePolicies.get(resourceArn) ?? [];
  }

  #getRole(roleArn: string): Role {
    const role = this.#roles.get(roleArn);
    if (!role) throw new NoSuchRoleError(`there is no role ${roleArn}`);
    return role;
  }

  #getRoleByName(roleName: string): Role {
    return this.#getRole(this.#arnOf(roleName));
  }

  #arnOf(roleName: string): string {
    return this.#roleArns.get(roleName) ?? `arn:aws:iam::${this.#account.accountId}:role/${roleName}`;
  }

  #findManagedPolicy(subject: string, policyArn: string): Policy {
    return (
      this.#managedPolicies.get(policyArn) ?? parsePolicy(policyArn, 'identity', findManagedPolicy(subject, policyArn))
    );
  }
}

function parseTrust(subject: string, document: unknown): Pick<Role, 'trust' | 'delegation'> {
  return {
    trust: parsePolicy(`${subject}, trust policy`, 'trust', document),
    delegation: parsePolicy(`${subject}, trust policy`, 'delegation', document),
  };
}
