// Steps that wait for one another, and otherwise run side by side, as CloudFormation handles resources.

export interface OrderedSteps {
  /** Each after all that it waits for. */
  readonly ids: readonly string[];
  readonly prerequisitesOf: (id: string) => readonly string[];
  /** Whether it went well. `isStopped` tells a step that has been waiting whether another failed in the meantime. */
  readonly run: (id: string, isStopped: () => boolean) => Promise<boolean>;
  /** After a failure: no other step begins, or only none that waits for the failed one. */
  readonly onFailure: 'stop' | 'skip-dependants';
}

/** Gives the ids of the steps that failed, in their order; those that never began are not among them. */
export async function runInOrder({ ids, prerequisitesOf, run, onFailure }: OrderedSteps): Promise<string[]> {
  const outcomes = new Map<string, Promise<'done' | 'failed' | 'skipped'>>();
  const failed = new Set<string>();
  const runOne = async (id: string) => {
    const before = await Promise.all(prerequisitesOf(id).map((other) => outcomes.get(other) ?? 'done'));
    if (before.some((outcome) => outcome !== 'done') || (onFailure === 'stop' && failed.size > 0)) return 'skipped';
    if (await run(id, () => onFailure === 'stop' && failed.size > 0)) return 'done';
    failed.add(id);
    return 'failed';
  };
  for (const id of ids) outcomes.set(id, runOne(id));
  await Promise.all(outcomes.values());
  return ids.filter((id) => failed.has(id));
}
