// The account's parameters with their versions.

import { AwsError } from '../kernel/errors.ts';
import type { Parameter, ParameterTier, ParameterValue } from './parameter.ts';
import { assertNewName, computeParameterArn, type ParameterReference } from './parameter-name.ts';

/** "Parameter Store retains the 100 most recent versions": https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html */
const VERSIONS_MAX = 100;
/** https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
const PARAMETERS_MAX: Readonly<Record<ParameterTier, number>> = { Standard: 10_000, Advanced: 100_000 };

export class ParameterStore {
  readonly account: { readonly region: string; readonly accountId: string };
  readonly #nowMs: () => number;
  /** Oldest version first; by name. */
  readonly #versions = new Map<string, Parameter[]>();
  readonly #counts: Record<ParameterTier, number> = { Standard: 0, Advanced: 0 };

  constructor(account: { readonly region: string; readonly accountId: string }, nowMs: () => number) {
    this.account = { region: account.region, accountId: account.accountId };
    this.#nowMs = nowMs;
  }

  /** The newest version. */
  find(name: string): Parameter | undefined {
    return this.listVersions(name).at(-1);
  }

  /** Oldest first. */
  listVersions(name: string): readonly Parameter[] {
    return this.#versions.get(name) ?? [];
  }

  /** @throws {AwsError} `ParameterNotFound`, `ParameterVersionNotFound`. */
  get({ name, version, selector = '', isFromArn }: ParameterReference): Parameter {
    const byName = this.listVersions(name);
    const versions = byName.length === 0 && isFromArn ? this.listVersions(name.slice(1)) : byName;
    const newest = versions.at(-1);
    if (!newest) throw new AwsError('ParameterNotFound', `Parameter ${name}${selector} not found.`);
    const found = version === undefined ? newest : versions.find((parameter) => parameter.version === version);
    if (found) return found;
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }

  /** The newest versions of all, by name. */
  list(): readonly Parameter[] {
    const newest = [...this.#versions.values()].flatMap((versions) => versions.at(-1) ?? []);
    return newest.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Adds a version. @throws {AwsError} `ParameterLimitExceeded`, and as `assertNewName` does. */
  put(parameter: ParameterValue, lastModifiedUser: string): Parameter {
    const { name, tier = 'Standard' } = parameter;
    assertNewName(this.account, name);
    const versions = this.#versions.get(name) ?? [];
    const newest = versions.at(-1);
    if (newest?.tier !== tier) this.#count(tier, newest?.tier);
    const stored: Parameter = {
      ...parameter,
      tier,
      version: (newest?.version ?? 0) + 1,
      lastModifiedMs: this.#nowMs(),
      lastModifiedUser,
      arn: computeParameterArn(this.account, name),
    };
    versions.push(stored);
    if (versions.length > VERSIONS_MAX) versions.shift();
    this.#versions.set(name, versions);
    return stored;
  }

  /** Whether there was one. */
  delete(name: string): boolean {
    const newest = this.find(name);
    if (newest) this.#counts[newest.tier]--;
    return this.#versions.delete(name);
  }

  #count(tier: ParameterTier, before: ParameterTier | undefined): void {
    if (this.#counts[tier] >= PARAMETERS_MAX[tier]) {
      throw new AwsError(
        'ParameterLimitExceeded',
        `You have exceeded the number of parameters for this AWS account: at most ${PARAMETERS_MAX[tier]} of tier ${tier}.`,
      );
    }
    this.#counts[tier]++;
    if (before) this.#counts[before]--;
  }
}
