import { describe, expect, test } from 'vitest';
import { StallError, settleCode } from './settle-code.ts';

describe('settleCode', () => {
  test('lets what is due run first', async () => {
    let ran = false;
    setImmediate(() => {
      ran = true;
    });

    await settleCode(() => undefined, 0);

    expect(ran).toBe(true);
  });

  test('waits for code that gets on by itself', async () => {
    let turns = 0;

    await settleCode(() => (++turns < 50 ? 'busy' : undefined), 0);

    expect(turns).toBe(50);
  });

  test('names what still has not got on', async () => {
    await expect(settleCode(() => 'stuck', 5)).rejects.toThrow(StallError);
    await expect(settleCode(() => 'stuck', 5)).rejects.toThrow('function stuck waits for something');
  });
});
