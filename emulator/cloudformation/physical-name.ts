// The names that CloudFormation makes up: `<stack>-<logical id>-<random>`.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html

import type { Random } from '../kernel/random.ts';

export interface PhysicalNameRules {
  readonly lengthMax: number;
  /** For bucket names. */
  readonly lowerCase?: boolean;
}

const RANDOM_LENGTH = 12;
const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MIXED_CASE = `${LOWER_CASE}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** Where all of it would be too long, the stack's name gives way first, down to half of what there is; AWS does not say how it cuts. */
export function createPhysicalName(
  parts: { readonly stackName: string; readonly logicalId: string },
  rules: PhysicalNameRules,
  random: Random,
): string {
  const room = rules.lengthMax - RANDOM_LENGTH - 2;
  const stackRoom = Math.max(Math.floor(room / 2), room - parts.logicalId.length);
  const stackPart = parts.stackName.slice(0, stackRoom);
  const idPart = parts.logicalId.slice(0, room - stackPart.length);
  const suffix = random.text(RANDOM_LENGTH, rules.lowerCase ? LOWER_CASE : MIXED_CASE);
  const name = `${stackPart}-${idPart}-${suffix}`;
  return rules.lowerCase ? name.toLowerCase() : name;
}
