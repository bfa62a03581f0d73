import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,standards,simulator,bench,test,web,e2e}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/postgres-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // On a busy machine what is waited for comes late, not never.
    expect: { poll: { timeout: 10_000 } },
  },
});
