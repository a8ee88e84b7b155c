// Rule: a standard parameter holds 4 KB, an advanced one 8 KB; it stays advanced once it is.
// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html

import { describe, expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

const putOf = (bytes: number, Tier?: string) => ({
  Name: '/a',
  Value: 'x'.repeat(bytes),
  Type: 'String',
  Overwrite: true,
  ...(Tier && { Tier }),
});

describe('a value', () => {
  test.each([
    [undefined, 4096, 'Standard'],
    ['Standard', 4096, 'Standard'],
    ['Advanced', 1, 'Advanced'],
    ['Advanced', 8192, 'Advanced'],
    ['Intelligent-Tiering', 4096, 'Standard'],
    ['Intelligent-Tiering', 4097, 'Advanced'],
  ])('in tier %s of %i bytes is stored as %s', async (tier, bytes, stored) => {
    expect(await createTestStore().call('PutParameter', putOf(bytes, tier))).toEqual({ Version: 1, Tier: stored });
  });

  test.each([
    [
      undefined,
      4097,
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger',
    ],
    [
      'Standard',
      4097,
      'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger',
    ],
    ['Advanced', 8193, 'Advanced-tier parameters support a maximum parameter value of 8192 characters.'],
    ['Intelligent-Tiering', 8193, 'Advanced-tier parameters support a maximum parameter value of 8192 characters.'],
  ])('in tier %s of %i bytes is refused', async (tier, bytes, message) => {
    await expect(createTestStore().call('PutParameter', putOf(bytes, tier))).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

describe('an advanced parameter', () => {
  test.each([undefined, 'Intelligent-Tiering', 'Advanced'])('stays so when overwritten with tier %s', async (tier) => {
    const { call } = createTestStore();
    await call('PutParameter', putOf(5000, 'Advanced'));

    expect(await call('PutParameter', putOf(1, tier))).toEqual({ Version: 2, Tier: 'Advanced' });
  });

  test('cannot become a standard one', async () => {
    const { call } = createTestStore();
    await call('PutParameter', putOf(1, 'Advanced'));

    await expect(call('PutParameter', putOf(1, 'Standard'))).rejects.toThrow(
      "You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    );
  });
});
