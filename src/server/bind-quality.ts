import {
  blindRoutes,
  qualityRoutes,
  rarityRoutes,
  retentionRoutes,
  rollUpRoutes,
  serviceWindowRoutes,
} from '#contract/monitoring';
import * as monitoring from '#services/monitoring';
import { sql } from 'kysely';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';

const DAY_MS = 86_400_000;

/** How good the data is, what was found, what people mend of it, and when devices are being serviced. */
export function bindQuality(app: App): readonly Bound[] {
  const { desk } = app;
  return [
    bind(blindRoutes.listBlindSpots, monitoring.listBlindSpots),
    bind(blindRoutes.listBlindPoints, monitoring.listBlindPoints),
    bind(blindRoutes.listBlindObjects, monitoring.listBlindObjects),
    bind(qualityRoutes.listQuality, monitoring.listQuality),
    bind(qualityRoutes.listFindings, monitoring.listFindings),
    bind(qualityRoutes.getConfidence, (context, input) => monitoring.getConfidence(context, desk, input)),
    bind(rarityRoutes.getRarity, (context, input) => monitoring.getRarity(context, desk, input)),
    bind(qualityRoutes.listGaps, monitoring.listGaps),
    bind(qualityRoutes.getPipeline, (context) => monitoring.getPipeline(context, desk, () => shared(app))),
    bind(rollUpRoutes.listRollUps, monitoring.listRollUps),
    bind(retentionRoutes.listKept, (context) =>
      monitoring.listKept(context, { storage: app.storage, pictures: app.intake.pictures }),
    ),
    bind(retentionRoutes.confirmClock, monitoring.confirmClock),
    bind(qualityRoutes.listCorrections, monitoring.listCorrections),
    bind(qualityRoutes.createCorrection, monitoring.createCorrection),
    bind(qualityRoutes.withdrawCorrection, monitoring.withdrawCorrection),
    bind(serviceWindowRoutes.listServiceWindows, monitoring.listServiceWindows),
    bind(serviceWindowRoutes.createServiceWindow, monitoring.createServiceWindow),
    bind(serviceWindowRoutes.endServiceWindow, monitoring.endServiceWindow),
    bind(serviceWindowRoutes.reviewServiceWindow, monitoring.reviewServiceWindow),
  ];
}

/** Events of the last day, and how long the oldest one waits that is not told yet. */
async function shared(app: App): Promise<{ readonly events: number; readonly lag: number | null }> {
  const { rows } = await sql<{ events: number; lag: number | null }>`
    select (select count(*) from event where at > ${new Date(app.clock.now() - DAY_MS)}) as events,
      (select extract(epoch from clock_timestamp() - min(written_at))::float8 from outbox) as lag`.execute(
    app.storage.system,
  );
  const [row] = rows;
  return { events: row?.events ?? 0, lag: row?.lag ?? 0 };
}
