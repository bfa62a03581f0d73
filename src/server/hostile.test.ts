// Somebody hostile at five doors: every attack is refused with a code or comes to nothing, and none ends in a 500.
import { ERROR_STATUS } from '#base';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { AGAINST, type Attack, KINDS } from '../../test/hostile/attack.ts';
import { CALLBACK_ATTACKS } from '../../test/hostile/callback-attacks.ts';
import { fingerprint } from '../../test/hostile/fingerprint.ts';
import { IMPORT_ATTACKS } from '../../test/hostile/import-attacks.ts';
import { SEARCH_ATTACKS } from '../../test/hostile/search-attacks.ts';
import { SIGN_IN_ATTACKS } from '../../test/hostile/sign-in-attacks.ts';
import { Stage } from '../../test/hostile/stage.ts';
import { TOKEN_ATTACKS } from '../../test/hostile/token-attacks.ts';

const ATTACKS: readonly Attack[] = [
  ...SIGN_IN_ATTACKS,
  ...TOKEN_ATTACKS,
  ...CALLBACK_ATTACKS,
  ...IMPORT_ATTACKS,
  ...SEARCH_ATTACKS,
];
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, 120_000);
afterAll(() => stage.close());

test.each(ATTACKS.map((attack) => [attack.against, attack.name, attack] as const))(
  '%s: %s',
  { timeout: 60_000 },
  async (_against, _name, attack) => {
    const before = await fingerprint(stage.storage);
    const replies = await attack.run(stage);
    const wanted = replies.map((_, i) =>
      typeof attack.expect === 'string' ? attack.expect : (attack.expect[i] ?? 'nothing more'),
    );
    expect(replies.length).toBeGreaterThan(0);
    expect(replies.map(({ status, code }) => `${status} ${code}`.trim())).toEqual(wanted);
    for (const { status, code, json } of replies.filter(({ status }) => status >= 400)) {
      expect(ERROR_STATUS[code as keyof typeof ERROR_STATUS]).toBe(status);
      expect(json).toMatchObject({ status, code, detail: expect.stringMatching(/[\u4E00-\u9FFF]/u) });
    }
    const after = await fingerprint(stage.storage);
    const changed = Object.entries(after).filter(([name, digest]) => before[name as 'role'] !== digest);
    expect(changed.map(([name]) => name).toSorted()).toEqual((attack.changes ?? []).toSorted());
    await attack.effect?.(stage, replies);
    expect((await stage.send('/readyz')).status).toBe(200);
  },
);

test('after all of it the server stands as it stood: no bug was met, nothing was logged as one', async () => {
  const text = await (await fetch(`${stage.puan.url}/metrics`)).text();
  const errors = stage.puan.errors.split('\n').filter((line) => /"level":"error"/u.test(line));
  expect([/code="internal"/u.test(text), stage.puan.crashes, errors]).toEqual([false, 0, []]);
});

/** What each door is tried with at the least; a redirect is the callback's alone, what a search shows cannot be replayed. */
const COVERED: Readonly<Record<Attack['against'], readonly Attack['kind'][]>> = {
  'sign-in': ['injection', 'mass-assignment', 'guessing', 'csrf', 'oversized', 'replay', 'malformed'],
  token: ['injection', 'mass-assignment', 'guessing', 'csrf', 'oversized', 'replay', 'malformed'],
  callback: KINDS,
  import: ['injection', 'mass-assignment', 'guessing', 'csrf', 'oversized', 'forgery', 'malformed'],
  search: ['injection', 'mass-assignment', 'guessing', 'csrf', 'oversized', 'forgery', 'malformed'],
};

test('there are more than fifty attacks, at every door of every kind that it can meet', () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(55);
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  for (const against of AGAINST) {
    const kinds = new Set(ATTACKS.filter((one) => one.against === against).map(({ kind }) => kind));
    expect([against, COVERED[against].filter((kind) => !kinds.has(kind))]).toEqual([against, []]);
  }
});
