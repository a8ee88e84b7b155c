// FIDELITY.md says what the code does: what can be listed is compared with it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAccountServices } from './account-services.ts';
import { createCloudformationService } from './cloudformation/create-cloudformation-service.ts';
import { createResourceTypes } from './cloudformation/resources/resource-types.ts';
import { Stacks } from './cloudformation/stacks.ts';
import { MetricStore } from './cloudwatch/metric-store.ts';
import { createAccessControl } from './iam/access-control.ts';
import { AccessKeys } from './iam/access-keys.ts';
import { PolicyStore } from './iam/policy-store.ts';
import { createWorld } from './kernel/create-world.ts';
import type { Service } from './kernel/operation.ts';
import { createStsService } from './sts/create-sts-service.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const policies = new PolicyStore(ACCOUNT);
const access = createAccessControl(policies);
const world = createWorld({
  seed: 1,
  startMs: 0,
  ...ACCOUNT,
  access,
  metrics: (clock, latency) => new MetricStore(clock, latency),
});
const services = createAccountServices(world, () => ({}));
const accessKeys = new AccessKeys(world.random('keys'));
const types = createResourceTypes({ services, policies, access, accessKeys });

const sts = createStsService({ ...ACCOUNT, clock: world.clock, access, accessKeys, policies });
const cloudformation = createCloudformationService(world, { types, stacks: new Stacks(), policies });
const registered: readonly Service[] = [...Object.values(services), sts, cloudformation].map(({ service }) => service);

const fidelity = readFileSync(join(import.meta.dirname, 'FIDELITY.md'), 'utf8');
const rows = fidelity.split('\n').filter((line) => line.startsWith('| `'));

describe('FIDELITY.md', () => {
  it.each(registered)('lists the operations of $name', ({ operations, name }) => {
    expect(rows).toContain(`| \`${name}\` | ${renderList(operations.map((operation) => operation.name))} |`);
  });

  it.each(types)('lists what is accepted of $name', ({ name, propertyNames, reasonsWithoutEffect }) => {
    const modelled = renderList([...propertyNames].filter((property) => !reasonsWithoutEffect.has(property)));
    const without = renderList(
      [...reasonsWithoutEffect.keys()],
      (property) => ` (${reasonsWithoutEffect.get(property)})`,
    );

    expect(rows).toContain(`| \`${name}\` | ${modelled} | ${without} |`);
  });

  it('lists no type or service that is not there', () => {
    const listed = [...fidelity.matchAll(/^\| `((?:AWS|Custom)::\S+|[a-z0-9]+)` \|/gm)].map(([, name]) => name);

    const there = [...types.map(({ name }) => name), ...registered.map(({ name }) => name)];
    expect(listed.sort()).toEqual(there.sort());
  });
});

function renderList(names: readonly string[], renderNote = (_name: string) => ''): string {
  return (
    names
      .toSorted()
      .map((name) => `\`${name}\`${renderNote(name)}`)
      .join(', ') || '–'
  );
}
