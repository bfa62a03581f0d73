import type { Pushed } from '#contract/monitoring';
import type { IntakeKind } from '#model/monitoring';
import { readJson } from '#protocols/push';
import { sql } from 'kysely';

import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import { openSource, type OpenSource, type Push } from './open-source.ts';
import { takeAnalytics } from './take-analytics.ts';
import { takeCtwing } from './take-ctwing.ts';
import { takeOnenet } from './take-onenet.ts';
import { takeSocial } from './take-social.ts';
import { takeVideo } from './take-video.ts';

/**
 * Takes a push of a source; resolves once everything in it is stored. What cannot be read is counted at the source and answered
 * like the rest: clouds stop sending for all devices when one of them makes an address fail. Throws `intake.refused`,
 * `service.unavailable`.
 */
export async function takePush(intake: IntakeDesk, push: Push): Promise<Pushed> {
  const source = await openSource(intake, push);
  const done = await take(intake, source, push);
  const messages = done.taken + done.kept;
  if (messages > 0) {
    const { system } = intake;
    await system.transaction((tx) =>
      sql`update intake_source set accepted = accepted + ${messages}, last_at = ${new Date(system.now())}
        where id = ${source.id}`.execute(tx),
    );
  }
  return done;
}

type Taker = (intake: IntakeDesk, source: OpenSource, body: unknown) => Promise<Pushed>;

/** Those whose bodies are JSON. */
const TAKERS: Readonly<Record<Exclude<IntakeKind, 'video'>, Taker>> = {
  ctwing: takeCtwing,
  onenet: takeOnenet,
  analytics: takeAnalytics,
  social: takeSocial,
};

async function take(intake: IntakeDesk, source: OpenSource, { raw }: Push): Promise<Pushed> {
  if (source.kind === 'video') return takeVideo(intake, source, raw);
  const body = readJson(raw.toString('utf8'));
  if (body === undefined) {
    intake.desk.ledger.framesRefused(INTAKE, 'not-readable', source.code, 1);
    return { taken: 0, kept: 0, refused: 1 };
  }
  return TAKERS[source.kind](intake, source, body);
}
