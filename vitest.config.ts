import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{model,functions,statemachines,infra,emulator,reports,scripts,test}/**/*.test.ts'],
    // Synthesis and whole runs take seconds; nothing here is timed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
