// What a policy is asked: who wants to do what to which resource, and the condition keys of that request.

import type { AccessNeed, Principal } from '../kernel/access.ts';

export interface AccessRequest {
  readonly caller: Exclude<Principal, { kind: 'root' }>;
  readonly need: AccessNeed;
  readonly keys: ReadonlyMap<ConditionKey, string>;
}

/**
 * Global condition keys that the emulator gives a value, in lower case: their names take any case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CONDITION_KEYS = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  // KMS is not modelled, so that no request ever comes by way of it.
  'kms:viaservice',
  's3:resourceaccount',
  'sts:externalid',
] as const;

export type ConditionKey = (typeof CONDITION_KEYS)[number];

export function findConditionKey(name: string): ConditionKey | undefined {
  return CONDITION_KEYS.find((key) => key === name.toLowerCase());
}

export function createAccessRequest(
  caller: AccessRequest['caller'],
  need: AccessNeed,
  account: { readonly region: string; readonly accountId: string },
  keysOfAction: ReadonlyMap<ConditionKey, string> = new Map(),
): AccessRequest {
  const keys = new Map<ConditionKey, string>([
    ...keysOfAction,
    ['aws:requestedregion', account.region],
    // There is one account, and all resources are its own.
    ['aws:resourceaccount', account.accountId],
    // Every endpoint of the emulator is an https one, even where no socket carries the request.
    ['aws:securetransport', 'true'],
    ['aws:principalisawsservice', String(caller.kind === 'service')],
  ]);
  if (need.action.startsWith('s3:')) keys.set('s3:resourceaccount', account.accountId);
  if (caller.kind === 'service') {
    keys.set('aws:principalservicename', caller.service);
    keys.set('aws:sourcearn', caller.sourceArn);
    keys.set('aws:sourceaccount', account.accountId);
  } else {
    keys.set('aws:principalarn', caller.roleArn);
    keys.set('aws:principalaccount', account.accountId);
  }
  return { caller, need, keys };
}
