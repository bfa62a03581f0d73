import { type RequestContext, RequestContext as Request } from '#services/context';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';

import { ADDRESS, type House, PASSWORD } from '../testing.ts';
import { beginTotp } from './begin-totp.ts';
import { confirmTotp } from './confirm-totp.ts';
import { signIn, type Visit } from './sign-in.ts';

/** Makes a sample account one that is in use: its password is its own and new. */
export async function makeOrdinary(house: House, username: string): Promise<void> {
  await sql`update account set password_from_bootstrap = false, password_changed_at = ${new Date(house.now)}
    where username = ${username}`.execute(house.db.storage.system);
}

/** What an authenticator shows at the house's time. */
export function codeOf(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
}

/** Sets up an authenticator for somebody who is signed in. */
export async function enrol(
  house: House,
  context: RequestContext,
): Promise<{ readonly secret: string; readonly recoveryCodes: readonly string[] }> {
  const { secret } = await beginTotp(context);
  const { recoveryCodes } = await confirmTotp(context, house.ground, { code: codeOf(secret, house.now) });
  return { secret, recoveryCodes };
}

/** Signs in as a browser does, and gives the request of that person with the secret behind it. */
export async function come(
  house: House,
  who: { readonly username: string; readonly password?: string; readonly otp?: string },
  visit: Visit = {},
): Promise<{ readonly context: RequestContext; readonly token: string }> {
  const body = { password: PASSWORD, ...who };
  const { token } = await signIn(house.nobody(), house.ground, body, visit);
  return { context: await requestOf(house, token), token };
}

/** A request with a session's secret. */
export async function requestOf(house: House, token: string): Promise<RequestContext> {
  const actor = await house.findActor(token, ADDRESS);
  if (!actor) throw new Error('the session is over');
  return new Request(house.ground, actor);
}

/** The code a refusal came with; `done` where nothing was refused. */
export async function codeOfRefusal(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error: unknown) => (error as { readonly code: string }).code,
  );
}
