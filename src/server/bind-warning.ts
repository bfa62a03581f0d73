import type { Turns } from '#bus';
import {
  bulkRoutes,
  cardRoutes,
  cascadeRoutes,
  loadRoutes,
  performanceRoutes,
  shelfRoutes,
  suppressionRoutes,
  verificationRoutes,
  warningRoutes,
} from '#contract/warning';
import { confidencesOf, type MonitoringDesk } from '#services/monitoring';
import { reportPoint } from '#services/operations';
import { rehearseSign, withdrawWithin } from '#services/standard';
import * as warning from '#services/warning';

import { bind, type Bound } from './http/bind.ts';

/** 预警体征, its live side: warnings, what holds alarms back, and the record of signs. */
export function bindWarning(desk: MonitoringDesk, turns: Turns): readonly Bound[] {
  return [
    bind(warningRoutes.listWarnings, warning.listWarnings),
    bind(warningRoutes.getWarning, (context, input) =>
      warning.getWarning(context, input, (...asked) => confidencesOf(desk, ...asked)),
    ),
    bind(warningRoutes.getSignRecord, warning.getSignRecord),
    bind(loadRoutes.getSeatLoad, (context) => warning.getSeatLoad(context)),
    // In a flood there is much to write down; who acts on it does not wait for that.
    bind(bulkRoutes.actOnWarnings, (context, input) =>
      turns.atOnce(() => warning.actOnWarnings(context, input)),
    ),
    bind(cardRoutes.listWarningCards, warning.listCards),
    bind(cardRoutes.listCardWarnings, warning.listCardWarnings),
    bind(warningRoutes.acknowledgeWarning, warning.acknowledgeWarning),
    bind(cascadeRoutes.listCascades, warning.listCascades),
    bind(cascadeRoutes.getCascade, warning.getCascade),
    bind(cascadeRoutes.acknowledgeCascade, warning.acknowledgeCascade),
    bind(cascadeRoutes.listDependencyRules, warning.listDependencyRules),
    bind(cascadeRoutes.updateDependencyRule, warning.updateDependencyRule),
    bind(verificationRoutes.judgeWarning, warning.judgeWarning),
    bind(verificationRoutes.reopenWarning, warning.reopenWarning),
    bind(verificationRoutes.listVerifications, warning.listVerifications),
    bind(verificationRoutes.getVerification, (context, input) =>
      warning.getVerification(context, input, (...asked) => confidencesOf(desk, ...asked)),
    ),
    bind(verificationRoutes.confirmAlarm, warning.confirmAlarm),
    bind(verificationRoutes.refuseAlarm, warning.refuseAlarm),
    bind(verificationRoutes.askMore, warning.askMore),
    ...bindSuppression(),
    ...bindPerformance(),
  ];
}

/** 预警绩效: what its proposals do lies in rooms beside it, in the transaction of the decision. */
function bindPerformance(): readonly Bound[] {
  return [
    bind(performanceRoutes.getPerformance, warning.getPerformance),
    bind(performanceRoutes.listNuisances, warning.listNuisances),
    bind(performanceRoutes.getActor, warning.getActor),
    bind(performanceRoutes.createProposal, warning.createProposal),
    bind(performanceRoutes.getProposal, warning.getProposal),
    bind(performanceRoutes.rehearseProposal, (context, input) =>
      warning.rehearseProposal(context, input, { rehearse: rehearseSign }),
    ),
    bind(performanceRoutes.mendByProposal, (context, input) =>
      warning.mendByProposal(context, input, { report: reportPoint }),
    ),
    bind(performanceRoutes.takeProposal, warning.takeProposal),
    bind(performanceRoutes.rejectProposal, (context, input) =>
      warning.rejectProposal(context, input, { withdraw: withdrawWithin }),
    ),
  ];
}

/** 搁置与抑制. */
function bindSuppression(): readonly Bound[] {
  return [
    bind(shelfRoutes.listShelves, warning.listShelves),
    bind(shelfRoutes.createShelf, warning.createShelf),
    bind(shelfRoutes.confirmShelf, warning.confirmShelf),
    bind(shelfRoutes.prolongShelf, warning.prolongShelf),
    bind(shelfRoutes.endShelf, warning.endShelf),
    bind(shelfRoutes.listHolders, warning.listHolders),
    bind(shelfRoutes.listHeldAlarms, warning.listHeldAlarms),
    bind(shelfRoutes.listObjectHolds, warning.listObjectHolds),
    bind(suppressionRoutes.listSuppressionRules, warning.listSuppressionRules),
    bind(suppressionRoutes.createSuppressionRule, warning.createSuppressionRule),
    bind(suppressionRoutes.changeSuppressionRule, warning.changeSuppressionRule),
    bind(suppressionRoutes.endSuppressionRule, warning.endSuppressionRule),
  ];
}
