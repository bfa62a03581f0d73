import { defineConfig } from 'vitest/config';

/** How long a test of any group may take, and how many files run at once. */
const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  maxWorkers: 2,
  // On a busy machine what is waited for comes late, not never.
  expect: { poll: { timeout: 10_000 } },
};

const TESTS = '**/*.test.{ts,tsx}';
/** No I/O and no clock: nothing that one file could leave behind for the next. */
const UNITS = [
  `src/{base,contract,detection,model,protocols,signs,workflow}/${TESTS}`,
  `standards/${TESTS}`,
  `web/${TESTS}`,
];
/** Each file has a database of its own, or sockets on free ports. */
const ROOMS = [`src/{bus,gateways,outlets,services,storage}/${TESTS}`];
/** Puts something in the place of a module that others have read. */
const ALONE = ['src/services/platform/session/password.test.ts'];
const NOT_OURS = ['**/node_modules/**', 'web/dist/**'];

/**
 * The groups run in the order of their names: the longest first, so that at the end no file is waited for alone. Only what starts
 * a whole Puan or changes its own process has a process for each file; the others share theirs, for spawning it and reading its
 * modules takes longer than most of them.
 */
export default defineConfig({
  test: {
    ...common,
    globalSetup: ['test/postgres-setup.ts'],
    projects: [
      { test: { ...common, name: 'alone', include: ALONE } },
      // What no other group names.
      { test: { ...common, name: 'journeys', include: [TESTS], exclude: [...UNITS, ...ROOMS, ...NOT_OURS] } },
      { test: { ...common, name: 'rooms', include: ROOMS, exclude: ALONE, isolate: false } },
      { test: { ...common, name: 'units', include: UNITS, isolate: false } },
    ],
  },
});
