import path from 'node:path';

import { fromBeijing } from '#base';
import { type Ground, nobodyFrom, RequestContext, SystemContext } from '#services/context';
import { loadStandard } from '#services/standard';

import { preparedDatabase, type TestDatabase } from '../../storage/testing.ts';
import { createFindActor, type FindActor } from './session/find-actor.ts';
import { loadPlatforms } from './organisation/load-platforms.ts';
import { openSampleAccounts } from './account/open-sample-accounts.ts';
import { signIn } from './session/sign-in.ts';
import { TEST_VAULT } from '../context/testing.ts';

export const PASSWORD = '东方明珠-2026';
export const ADDRESS = '192.0.2.7';
export const MINUTE = 60_000;

/** A migrated database with the platforms and the sample accounts, and a clock the test holds. */
export interface House {
  readonly db: TestDatabase;
  readonly ground: Ground;
  readonly system: SystemContext;
  readonly findActor: FindActor;
  /** Epoch ms. */
  now: number;
  /** Signs in and gives the request of that person. */
  as(username: string, password?: string): Promise<RequestContext>;
  /** A request of nobody, as the sign-in route gets it. */
  nobody(): RequestContext;
}

/** Friday, 20 November 2026, at nine in the morning. */
const MORNING = fromBeijing(2026, 11, 20, 9 * 3_600_000);

/** `holds`: the platforms and the sample accounts, and the default standard where it is asked for. */
export async function openHouse(holds: 'people' | 'standard' = 'people'): Promise<House> {
  const db = await preparedDatabase(`puan_house_${holds}`, async (storage) => {
    const early = { storage, clock: { now: () => MORNING }, poke: () => undefined, vault: TEST_VAULT };
    const loading = new SystemContext(early);
    await loadPlatforms(loading, path.resolve('standards/platforms.json'));
    await openSampleAccounts(loading, { bootstrapPassword: PASSWORD, empty: false });
    if (holds === 'standard') await loadStandard(loading, path.resolve('standards'));
  });
  const clock = { now: () => house.now };
  const ground: Ground = { storage: db.storage, clock, poke: () => undefined, vault: TEST_VAULT };
  const system = new SystemContext(ground);
  const findActor = createFindActor(ground);
  const house: House = {
    db,
    ground,
    system,
    findActor,
    now: MORNING,
    nobody: () => new RequestContext(ground, nobodyFrom(ADDRESS)),
    as: async (username, password = PASSWORD) => {
      const { token } = await signIn(house.nobody(), ground, { username, password });
      const actor = await findActor(token, ADDRESS);
      if (!actor) throw new Error(`${username} has signed in and is not found`);
      return new RequestContext(ground, actor);
    },
  };
  return house;
}
