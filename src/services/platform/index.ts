export { createFindActor, type FindActor } from './session/find-actor.ts';
export { followBorders } from './object/follow-borders.ts';
export { getBorders } from './object/get-borders.ts';
export { getMap, MAP_LIMIT } from './object/get-map.ts';
export { getObject } from './object/get-object.ts';
export { getSession } from './session/get-session.ts';
export { importBorders } from './object/import-borders.ts';
export { issueToken } from './session/issue-token.ts';
export { listObjects } from './object/list-objects.ts';
export { listPlatforms } from './organisation/list-platforms.ts';
export { loadPlatforms } from './organisation/load-platforms.ts';
export {
  type FirstPasswords,
  type OpenedAccounts,
  openSampleAccounts,
} from './account/open-sample-accounts.ts';
export { openSimulatorToken } from './session/open-simulator-token.ts';
export { registerObject } from './object/register-object.ts';
export { IDLE_MS, LONGEST_MS } from './session/session-view.ts';
export { signIn } from './session/sign-in.ts';
export { signOut } from './session/sign-out.ts';
