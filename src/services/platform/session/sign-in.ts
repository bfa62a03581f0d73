import type { platformRoutes, Session } from '#contract/platform';
import { auditVisitor, type Ground, type RequestContext, SystemContext } from '#services/context';
import type { z } from 'zod';

import { findBoundDevice } from './bound-device.ts';
import { clientName } from './client-name.ts';
import { forgetSession } from './credential.ts';
import { obligationOf } from './obligation.ts';
import { openSession } from './open-session.ts';
import { prove } from './proof.ts';
import { loadRights } from './rights.ts';
import { showSession } from './session-view.ts';

type Body = z.output<typeof platformRoutes.signIn.body>;

/** What the browser brought along, besides what was typed. */
export interface Visit {
  readonly userAgent?: string | undefined;
  /** Secret of the bound device. */
  readonly device?: string | undefined;
  /** Secret of the session it had until now. */
  readonly previous?: string | undefined;
}

/** Opens a session for a name and a password, and a code where one is asked for; see `prove` for the refusals. */
export async function signIn(
  context: RequestContext,
  ground: Ground,
  body: Body,
  visit: Visit = {},
): Promise<Session & { readonly token: string }> {
  const system = new SystemContext(ground);
  const { username, password, otp } = body;
  const { address } = context.actor;
  const { account, openedWith } = await prove(system, { username, password, otp, address });
  const now = system.now();
  const { shown, ended } = await system.transaction(async (tx) => {
    const found = await findBoundDevice(tx, visit.device, now);
    const device = found?.account_id === account.id ? found.id : undefined;
    const opening = { account: account.id, now, address, client: clientName(visit.userAgent) };
    const { token, ended, idleEndsAt } = await openSession(tx, {
      ...opening,
      openedWith,
      device,
      previous: visit.previous,
    });
    const after = { openedWith, client: opening.client };
    const record = { action: 'session.opened', subject: `account/${username}`, after };
    await auditVisitor(tx, { at: now, username, address }, record);
    const rights = await loadRights(tx, account.id, now);
    const person = {
      ...account,
      firstPassword: account.password_from_bootstrap,
      secondFactor: account.totp_enrolled_at !== null,
      owes: obligationOf(account, device !== undefined, now),
    };
    return { shown: { ...showSession(person, rights, idleEndsAt), token }, ended };
  });
  forgetSession(ended);
  return shown;
}
