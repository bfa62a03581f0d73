import path from 'node:path';

import { drillRoutes } from '#contract/response';
import type { SystemContext } from '#services/context';
import { locateSpots } from '#services/platform';
import * as response from '#services/response';

import { readDrillScripts } from './drills/read-scripts.ts';
import { bind, type Bound } from './http/bind.ts';
import type { Log } from './log.ts';

const SCRIPTS = path.resolve(import.meta.dirname, '../../standards/drills');

/** 演练. */
export function bindDrill({
  system,
  log,
}: {
  readonly system: SystemContext;
  readonly log: Log;
}): readonly Bound[] {
  const scripts = readDrillScripts(SCRIPTS, (fault) => log.warn(`演练脚本没有采用：${fault}`));
  const book: response.DrillBook = {
    scripts,
    placeOf: async (spot) => (await locateSpots(system, [spot]))[0]?.place ?? 0,
  };
  return [
    bind(drillRoutes.listDrillScripts, (context) => response.listDrillScripts(context, scripts)),
    bind(drillRoutes.listDrills, (context, { query }) => response.listDrills(context, query)),
    bind(drillRoutes.getDrill, (context, { params }) => response.getDrill(context, params.id)),
    bind(drillRoutes.planDrill, (context, { body }) => response.planDrill(context, book, body)),
    bind(drillRoutes.startDrill, (context, { params }) => response.startDrill(context, params.id)),
    bind(drillRoutes.abortDrill, (context, { params, body }) =>
      response.abortDrill(context, params.id, body),
    ),
    bind(drillRoutes.assessDrill, (context, { params, body }) =>
      response.assessDrill(context, params.id, body),
    ),
    bind(drillRoutes.listWaitingInjects, (context) => response.listWaitingInjects(context)),
    bind(drillRoutes.answerInject, (context, { params, body }) =>
      response.answerInject(context, params.id, body),
    ),
  ];
}
