// Condition keys that the emulator knows: those that it gives a value, and those of which it knows that no request has them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

export interface ConditionKey {
  /** In lower case: the names of keys take any case. */
  readonly name: string;
  /** Of `aws:PrincipalTag/<key>`, as the policy writes it. */
  readonly tagKey?: string;
  /** Whether a request may have several values for it. */
  readonly isMultivalued: boolean;
}

const PRINCIPAL_TAG = 'aws:principaltag/';

const MULTIVALUED = ['aws:principalservicenameslist'];

const SINGLE = [
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:viaawsservice',
];

/** Keys that operations give a value of their own, in `AccessNeed.keys`. */
const OF_SERVICES = [
  'iam:passedtoservice',
  's3:delimiter',
  's3:max-keys',
  's3:prefix',
  's3:resourceaccount',
  'ssm:overwrite',
  'ssm:recursive',
  'sts:externalid',
];

/**
 * The account is in no organization and has no users, no identity provider and no endpoint of a VPC, so that no request has
 * these.
 */
const ABSENT_SINGLE = [
  'aws:federatedprovider',
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:principalorgid',
  'aws:resourceorgid',
  'aws:sourceidentity',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:username',
  'aws:vpcsourceip',
  // KMS is not modelled, so that no request ever comes by way of it.
  'kms:viaservice',
];
const ABSENT_MULTIVALUED = ['aws:calledvia', 'aws:principalorgpaths', 'aws:resourceorgpaths', 'aws:sourceorgpaths'];

const SINGLE_NAMES: ReadonlySet<string> = new Set([...SINGLE, ...OF_SERVICES, ...ABSENT_SINGLE]);
const MULTIVALUED_NAMES: ReadonlySet<string> = new Set([...MULTIVALUED, ...ABSENT_MULTIVALUED]);

/** Undefined for a key that the emulator cannot know, such as `aws:SourceIp`. */
export function findConditionKey(text: string): ConditionKey | undefined {
  const name = text.toLowerCase();
  if (name.startsWith(PRINCIPAL_TAG) && name.length > PRINCIPAL_TAG.length) {
    return { name, tagKey: text.slice(PRINCIPAL_TAG.length), isMultivalued: false };
  }
  if (MULTIVALUED_NAMES.has(name)) return { name, isMultivalued: true };
  return SINGLE_NAMES.has(name) ? { name, isMultivalued: false } : undefined;
}
