import { AppError } from '#base';
import { analyticsRoutes, type Pushed } from '#contract/monitoring';

import { pointOfResult, storeResult } from '../analytics/store-result.ts';
import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';
import { reaches } from './reaches.ts';

/** Results that an analysing system pushes by itself: one, or an array of them. */
export async function takeAnalytics(intake: IntakeDesk, source: OpenSource, body: unknown): Promise<Pushed> {
  const done = { taken: 0, kept: 0, refused: 0 };
  for (const one of Array.isArray(body) ? (body as readonly unknown[]) : [body]) {
    const fault = await takeOne(intake, source, one);
    if (fault === undefined) done.taken += 1;
    else {
      done.refused += 1;
      intake.desk.ledger.framesRefused(INTAKE, fault, source.code, 1);
    }
  }
  return done;
}

/** The reason why it was not taken. */
async function takeOne(
  { desk, system }: IntakeDesk,
  source: OpenSource,
  one: unknown,
): Promise<string | undefined> {
  const parsed = analyticsRoutes.postAnalyticsResult.body.safeParse(one);
  if (!parsed.success) return 'not-a-result';
  try {
    if (!reaches(desk, source, pointOfResult(desk, parsed.data).id)) return 'foreign-point';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  const written = { by: source.name, source: source.id, at: system.now() };
  await storeResult(desk, (run) => system.transaction(run), parsed.data, written);
  return undefined;
}
