import { XLSX } from '#contract/platform';
import { basisRoutes, coverageRoutes } from '#contract/standard';
import * as platform from '#services/platform';
import * as standard from '#services/standard';

import { bind, type Bound } from './http/bind.ts';

/** How far what should be watched is watched, what is planned for the rest, and what became of the bases of the standard. */
export function bindCoverage(): readonly Bound[] {
  return [
    bind(coverageRoutes.getCoverage, standard.getCoverage),
    bind(coverageRoutes.listLacks, standard.listLacks),
    bind(coverageRoutes.exportCoverage, async (context, input, reply) => {
      const file = await standard.exportCoverage(context, platform.writeSheet, input);
      await reply
        .type(XLSX)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(file.content);
      return null;
    }),
    bind(coverageRoutes.listPlans, standard.listPlans),
    bind(coverageRoutes.createPlan, standard.createPlan),
    bind(coverageRoutes.updatePlan, standard.updatePlan),
    bind(coverageRoutes.withdrawPlan, standard.withdrawPlan),
    bind(basisRoutes.listBases, standard.listBases),
    bind(basisRoutes.tellBasisReplaced, standard.tellBasisReplaced),
    bind(basisRoutes.tellStationMoved, standard.tellStationMoved),
    bind(basisRoutes.listBasisTasks, standard.listBasisTasks),
    bind(basisRoutes.keepBasis, standard.keepBasis),
    bind(basisRoutes.getUpdateRate, standard.getUpdateRate),
  ];
}
