import { defineConfig } from 'vitest/config';

// Apart from `npm test`, because a fresh machine has no browser.
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
