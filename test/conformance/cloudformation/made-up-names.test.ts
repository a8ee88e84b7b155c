// Rule: a resource without a name gets one of stack, logical id and random characters, within its length.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html

import { describe, expect, test } from 'vitest';
import { createPhysicalName } from '../../../emulator/cloudformation/physical-name.ts';
import { createRandom } from '../../../emulator/kernel/random.ts';

const random = () => createRandom(1, 'names');

describe('createPhysicalName', () => {
  test('is the stack, the logical id and twelve random characters', () => {
    const name = createPhysicalName({ stackName: 'stack', logicalId: 'Queue' }, { lengthMax: 80 }, random());

    expect(name).toMatch(/^stack-Queue-[A-Za-z0-9]{12}$/);
  });

  test('follows from the seed', () => {
    const create = () => createPhysicalName({ stackName: 's', logicalId: 'Q' }, { lengthMax: 80 }, random());

    expect(create()).toBe(create());
  });

  test('is in lower case on request', () => {
    const name = createPhysicalName(
      { stackName: 'Stack', logicalId: 'B' },
      { lengthMax: 63, lowerCase: true },
      random(),
    );

    expect(name).toMatch(/^stack-b-[a-z0-9]{12}$/);
  });

  test.each([
    ['a'.repeat(25), 'B'.repeat(25), 25, 25],
    ['a'.repeat(26), 'B'.repeat(25), 25, 25],
    ['a'.repeat(60), 'B'.repeat(10), 40, 10],
    ['a'.repeat(10), 'B'.repeat(60), 10, 40],
    ['a'.repeat(60), 'B'.repeat(60), 25, 25],
  ])('is never too long: %s and %s', (stackName, logicalId, stackLength, idLength) => {
    const [stackPart, idPart, suffix] = createPhysicalName({ stackName, logicalId }, { lengthMax: 64 }, random()).split(
      '-',
    );

    expect([stackPart?.length, idPart?.length, suffix?.length]).toEqual([stackLength, idLength, 12]);
  });
});
