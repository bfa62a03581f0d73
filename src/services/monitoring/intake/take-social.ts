import { type Pushed, socialRoutes } from '#contract/monitoring';

import { placeReport } from '../suspected/place-report.ts';
import { storeReport } from '../suspected/store-report.ts';
import { INTAKE, type IntakeDesk } from './intake-desk.ts';
import type { OpenSource } from './open-source.ts';

/** Reports that a channel (12345, a patrol's app) pushes: one, or an array of them. */
export async function takeSocial(intake: IntakeDesk, source: OpenSource, body: unknown): Promise<Pushed> {
  const { system, desk } = intake;
  const done = { taken: 0, kept: 0, refused: 0 };
  for (const one of Array.isArray(body) ? (body as readonly unknown[]) : [body]) {
    const parsed = socialRoutes.reportEvent.body.safeParse(one);
    if (!parsed.success || !JSON.stringify(parsed.data).isWellFormed()) {
      done.refused += 1;
      desk.ledger.framesRefused(INTAKE, 'not-a-report', source.code, 1);
      continue;
    }
    await system.transaction(async (tx) => {
      const found = await placeReport(tx, parsed.data);
      const home = { object: null, place: source.place, scenario: source.scenario, lat: null, lon: null };
      const where = found && isInside(source, found) ? found : { simulated: false, ...found, ...home };
      const { id, name: by, simulated } = source;
      const reported = { source: id, reporter: null, by, at: system.now(), simulated };
      await storeReport(
        tx,
        parsed.data,
        { ...where, lat: found?.lat ?? null, lon: found?.lon ?? null },
        reported,
      );
    });
    done.taken += 1;
  }
  return done;
}

function isInside(
  { reach }: OpenSource,
  { place, scenario }: { readonly place: number | null; readonly scenario: number | null },
): boolean {
  if (place !== null && place >= reach.from && place <= reach.to) return true;
  return scenario !== null && reach.scenarios.includes(scenario);
}
