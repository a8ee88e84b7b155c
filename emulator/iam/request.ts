// What a policy is asked: who wants to do what to which resource, and the condition keys of that request.

import type { AccessNeed, Principal } from '../kernel/access.ts';
import type { ConditionKey } from './condition-keys.ts';

/** What the account knows of itself. */
export interface AccessAccount {
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. Without it, the keys of time have no value. */
  readonly nowMs?: () => number;
}

export interface AccessRequest {
  readonly caller: Exclude<Principal, { kind: 'root' }>;
  readonly need: AccessNeed;
  /** The key's values; none when the request lacks it. Asked only when a condition or a variable names the key. */
  valuesOf(key: ConditionKey): readonly string[];
}

/** `roleTags` are those of the caller's role. */
export function createAccessRequest(
  caller: AccessRequest['caller'],
  need: AccessNeed,
  account: AccessAccount,
  roleTags: ReadonlyMap<string, string> = new Map(),
): AccessRequest {
  return {
    caller,
    need,
    valuesOf({ name, tagKey }) {
      const value =
        (tagKey === undefined ? findGlobalValue(name, caller, account) : roleTags.get(tagKey.toLowerCase())) ??
        need.keys?.[name] ??
        (name === 's3:resourceaccount' && need.action.startsWith('s3:') ? account.accountId : undefined);
      if (value === undefined) return [];
      return typeof value === 'string' ? [value] : value;
    },
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
function findGlobalValue(
  name: string,
  caller: AccessRequest['caller'],
  { region, accountId, nowMs }: AccessAccount,
): string | readonly string[] | undefined {
  const role = caller.kind === 'role' ? caller : undefined;
  const service = caller.kind === 'service' ? caller : undefined;
  switch (name) {
    case 'aws:currenttime':
      return nowMs && `${new Date(nowMs()).toISOString().slice(0, 19)}Z`;
    case 'aws:epochtime':
      return nowMs && String(Math.floor(nowMs() / 1000));
    case 'aws:principalaccount':
      return role && accountId;
    case 'aws:principalarn':
      return role?.roleArn;
    case 'aws:principalisawsservice':
      return String(service !== undefined);
    case 'aws:principalservicename':
      return service?.service;
    case 'aws:principalservicenameslist':
      return service && [service.service];
    case 'aws:principaltype':
      return role && 'AssumedRole';
    case 'aws:requestedregion':
      return region;
    case 'aws:resourceaccount':
      return accountId;
    case 'aws:securetransport':
      // Every endpoint of the emulator is an https one, even where no socket carries the request.
      return 'true';
    case 'aws:sourceaccount':
      return service && accountId;
    case 'aws:sourcearn':
      return service?.sourceArn;
    case 'aws:viaawsservice':
      return 'false';
    default:
      return undefined;
  }
}
