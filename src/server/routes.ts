import { Readable } from 'node:stream';

import { commandRoutes } from '#contract/command';
import { fireWeatherRoutes, frameTestRoutes, gatewayRoutes, monitoringRoutes } from '#contract/monitoring';
import {
  accountRoutes,
  auditRoutes,
  deputyRoutes,
  platformRoutes,
  reviewRoutes,
  XLSX,
} from '#contract/platform';
import { reportRoutes } from '#contract/report';
import {
  compositeRoutes,
  deploymentRoutes,
  ownLimitRoutes,
  rehearsalRoutes,
  standardRoutes,
  versionRoutes,
} from '#contract/standard';
import * as command from '#services/command';
import * as monitoring from '#services/monitoring';
import * as platform from '#services/platform';
import * as report from '#services/report';
import * as standard from '#services/standard';

import type { App } from './app.ts';
import { bindCoverage } from './bind-coverage.ts';
import { bindDesk } from './bind-desk.ts';
import { bindTodo } from './bind-todo.ts';
import { bindAlive } from './bind-alive.ts';
import { bindNotification } from './bind-notification.ts';
import { bindOperations } from './bind-operations.ts';
import { bindIntake } from './bind-intake.ts';
import { bindQuality } from './bind-quality.ts';
import { bindSession } from './bind-session.ts';
import { bindIdentity } from './bind-identity.ts';
import { bindOrganisation } from './bind-organisation.ts';
import { bindSharing } from './bind-sharing.ts';
import { bindClosure } from './bind-closure.ts';
import { bindChase } from './bind-chase.ts';
import { bindIncident } from './bind-incident.ts';
import { bindLinks } from './bind-links.ts';
import { bindReports } from './bind-reports.ts';
import { bindDrill } from './bind-drill.ts';
import { bindResponse } from './bind-response.ts';
import { bindWarning } from './bind-warning.ts';
import { bind, type Bound } from './http/bind.ts';

/** Route → use case: the whole HTTP face in one table. */
export function routes(app: App): readonly Bound[] {
  const { desk, storage, ground } = app;
  const replay = { desk, storage, poke: ground.poke };
  return [
    ...bindSession(app),
    ...bindIdentity(app),
    bind(auditRoutes.listAudit, platform.listAudit),
    bind(auditRoutes.exportAudit, async (context, input, reply) => {
      const file = await platform.exportAudit(context, input);
      await reply
        .type(file.type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(Readable.from(file.text));
      return null;
    }),
    bind(auditRoutes.listAuditHeads, platform.listAuditHeads),
    bind(auditRoutes.getAuditState, (context) => platform.getAuditState(context)),
    bind(platformRoutes.listPlatforms, platform.listPlatforms),
    ...bindOrganisation(),
    ...bindCoverage(),
    ...bindQuality(app),
    ...bindOperations(),
    ...bindAlive(app),
    ...bindDrill(app),
    ...bindIntake(app),
    ...bindSharing(app),
    bind(platformRoutes.createObject, platform.registerObject),
    bind(platformRoutes.listObjects, platform.listObjects),
    bind(platformRoutes.getObject, platform.getObject),
    bind(platformRoutes.getMap, platform.getMap),
    bind(platformRoutes.getBorders, platform.getBorders),
    bind(platformRoutes.importBorders, platform.importBorders),

    bind(accountRoutes.listAccounts, platform.listAccounts),
    bind(accountRoutes.getAccount, platform.getAccount),
    bind(accountRoutes.disableAccount, platform.disableAccount),
    bind(accountRoutes.enableAccount, platform.enableAccount),
    bind(accountRoutes.unlockAccount, platform.unlockAccount),
    bind(accountRoutes.resetPassword, platform.resetPassword),
    bind(accountRoutes.resetSecondFactor, platform.resetSecondFactor),
    bind(accountRoutes.revealPhone, platform.revealPhone),
    bind(accountRoutes.requestAccount, platform.requestAccount),
    bind(accountRoutes.requestAccounts, platform.requestAccounts),
    bind(accountRoutes.listAccountRequests, platform.listAccountRequests),
    bind(accountRoutes.approveRequest, (context, { params, body }) =>
      platform.decideRequest(context, { id: params.id }, { verdict: 'approved', note: body.note }),
    ),
    bind(accountRoutes.refuseRequest, (context, { params, body }) =>
      platform.decideRequest(context, { id: params.id }, { verdict: 'refused', note: body.note }),
    ),
    bind(accountRoutes.withdrawRequest, (context, { params }) =>
      platform.withdrawRequest(context, params.id),
    ),
    bind(accountRoutes.approveBatch, (context, { params, body }) =>
      platform.decideRequest(context, { batch: params.id }, { verdict: 'approved', note: body.note }),
    ),
    bind(accountRoutes.refuseBatch, (context, { params, body }) =>
      platform.decideRequest(context, { batch: params.id }, { verdict: 'refused', note: body.note }),
    ),
    bind(reviewRoutes.listReviews, platform.listReviews),
    bind(reviewRoutes.openReview, platform.openReview),
    bind(reviewRoutes.listReviewItems, platform.listReviewItems),
    bind(reviewRoutes.giveVerdict, platform.giveVerdict),
    bind(deputyRoutes.listTeams, platform.listTeams),
    bind(deputyRoutes.openTeam, platform.openTeam),
    bind(deputyRoutes.changeTeam, platform.changeTeam),
    bind(deputyRoutes.listDelegations, platform.listDelegations),
    bind(deputyRoutes.openDelegation, platform.openDelegation),
    bind(deputyRoutes.endDelegation, (context, { params }) => platform.endDelegation(context, params.id)),

    bind(standardRoutes.listElements, standard.listElements),
    bind(standardRoutes.listParameters, standard.listParameters),
    bind(standardRoutes.listSwitchedOff, standard.listSwitchedOff),
    bind(standardRoutes.listItems, standard.listItems),
    bind(standardRoutes.listSigns, standard.listSigns),
    bind(standardRoutes.listHandbooks, standard.listHandbooks),
    bind(compositeRoutes.listCompositeSigns, standard.listCompositeSigns),
    bind(compositeRoutes.listCompositeSeats, standard.listCompositeSeats),
    bind(ownLimitRoutes.listOwnLimits, standard.listOwnLimits),
    bind(ownLimitRoutes.listSignsAtObject, standard.listSignsAtObject),
    bind(ownLimitRoutes.proposeOwnLimit, standard.proposeOwnLimit),
    bind(ownLimitRoutes.approveOwnLimit, standard.approveOwnLimit),
    bind(ownLimitRoutes.refuseOwnLimit, standard.refuseOwnLimit),
    bind(ownLimitRoutes.endOwnLimit, standard.endOwnLimit),
    bind(versionRoutes.listStandardVersions, standard.listVersions),
    bind(versionRoutes.getStandardVersion, (context, { params }) => standard.getVersion(context, params.id)),
    bind(deploymentRoutes.getStandardDeployment, (context, input) =>
      standard.getDeployment(context, app.deployment.facts(), input),
    ),
    bind(deploymentRoutes.reportStandardShown, (context, { params, body }) => {
      context.authorize('standard.read');
      const taken = app.streams.noteShown(body.stream, context.actor.accountId, params.id);
      return Promise.resolve({ taken });
    }),
    bind(versionRoutes.cancelStandardVersion, standard.cancelVersion),
    bind(versionRoutes.listStandardDrafts, standard.listDrafts),
    bind(versionRoutes.getStandardDraft, (context, { params }) => standard.getDraft(context, params.id)),
    bind(versionRoutes.createStandardDraft, standard.createDraft),
    bind(versionRoutes.updateStandardDraft, standard.updateDraft),
    bind(versionRoutes.compareStandardDraft, standard.compareDraft),
    bind(versionRoutes.exportSigns, async (context, { params }, reply) => {
      const file = await standard.exportSigns(context, platform.writeSheet, params.id);
      await reply
        .type(XLSX)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(file.content);
      return null;
    }),
    bind(versionRoutes.importSigns, (context, input) =>
      standard.importSigns(context, platform.readSheet, input),
    ),
    bind(versionRoutes.submitStandardDraft, standard.submitDraft),
    bind(versionRoutes.withdrawStandardDraft, standard.withdrawDraft),
    bind(versionRoutes.refuseStandardDraft, standard.refuseDraft),
    bind(versionRoutes.publishStandardDraft, standard.publishDraft),
    bind(rehearsalRoutes.requestRehearsal, standard.requestRehearsal),
    bind(rehearsalRoutes.listRehearsals, standard.listRehearsals),
    bind(rehearsalRoutes.getRehearsal, (context, { params }) => standard.getRehearsal(context, params.id)),
    bind(rehearsalRoutes.cancelRehearsal, (context, { params }) =>
      standard.cancelRehearsal(context, params.id),
    ),
    bind(rehearsalRoutes.listKnownCases, standard.listKnownCases),
    bind(rehearsalRoutes.recordKnownCases, standard.recordKnownCases),
    bind(rehearsalRoutes.removeKnownCase, (context, { params }) =>
      standard.removeKnownCase(context, params.id),
    ),

    bind(monitoringRoutes.postReadings, (context, input) => monitoring.postReadings(context, desk, input)),
    bind(monitoringRoutes.listReadings, monitoring.listReadings),
    bind(fireWeatherRoutes.listFireWeather, monitoring.listFireWeather),
    bind(monitoringRoutes.createPoint, (context, { body }) => monitoring.registerPoint(context, desk, body)),
    bind(monitoringRoutes.listPoints, (context, input) => monitoring.listPoints(context, desk, input)),
    bind(monitoringRoutes.createDevice, (context, { body }) =>
      monitoring.registerDevice(context, desk, body),
    ),
    bind(monitoringRoutes.listDevices, monitoring.listDevices),
    bind(monitoringRoutes.listQuarantine, monitoring.listQuarantine),
    bind(frameTestRoutes.testFrames, monitoring.testFrames),
    bind(monitoringRoutes.getDevice, (context, { params }) => monitoring.getDevice(context, params.id)),
    bind(monitoringRoutes.changeDevice, (context, input) => monitoring.changeDevice(context, desk, input)),
    bind(gatewayRoutes.listGateways, (context) => monitoring.listGateways(context, app.gateways)),
    bind(gatewayRoutes.openGateway, (context, input) => monitoring.openGateway(context, app.gateways, input)),
    bind(gatewayRoutes.changeGateway, (context, input) =>
      monitoring.changeGateway(context, app.gateways, input),
    ),
    bind(gatewayRoutes.removeGateway, (context, { params }) =>
      monitoring.removeGateway(context, app.gateways, params.id),
    ),
    bind(gatewayRoutes.listGatewaySessions, (context, { params }) =>
      monitoring.listGatewaySessions(context, app.gateways, params.id),
    ),
    bind(gatewayRoutes.cutGatewaySession, (context, { params }) =>
      monitoring.cutGatewaySession(context, app.gateways, params),
    ),
    bind(gatewayRoutes.commandDevice, (context, input) =>
      monitoring.commandDevice(context, app.gateways, input),
    ),
    bind(monitoringRoutes.openReplaySession, (context, { body }) =>
      monitoring.openReplaySession(context, replay, body),
    ),
    bind(monitoringRoutes.endReplaySession, (context, { params }) =>
      monitoring.endReplaySession(context, replay, params.id),
    ),
    bind(monitoringRoutes.listReplaySessions, monitoring.listReplaySessions),

    ...bindWarning(desk, app.turns),
    ...bindDesk(),
    ...bindTodo(),
    ...bindReports(),

    ...bindResponse(),
    ...bindNotification(app),
    ...bindChase(),
    ...bindClosure(),
    ...bindIncident(),
    ...bindLinks(app),

    bind(reportRoutes.getMonth, report.getMonth),

    bind(commandRoutes.getCalendar, command.getCalendar),
    bind(commandRoutes.putCalendar, command.putCalendar),
    bind(commandRoutes.listRosters, command.listRosters),
    bind(commandRoutes.getRoster, command.getRoster),
    bind(commandRoutes.createRoster, command.createRoster),
    bind(commandRoutes.updateRoster, command.updateRoster),
    bind(commandRoutes.generateShifts, command.generateShifts),
    bind(commandRoutes.listShifts, command.listShifts),
    bind(commandRoutes.updateShift, command.updateShift),
    bind(commandRoutes.callShift, command.callShift),
    bind(commandRoutes.listSwaps, command.listSwaps),
    bind(commandRoutes.requestSwap, command.requestSwap),
    bind(commandRoutes.decideSwap, command.decideSwap),
    bind(commandRoutes.getDutyNow, command.getDutyNow),
    bind(commandRoutes.whoIsOnDuty, command.whoIsOnDuty),
    bind(commandRoutes.writeHandover, command.writeHandover),
    bind(commandRoutes.listHandovers, command.listHandovers),
    bind(commandRoutes.getHandover, command.getHandover),
    bind(commandRoutes.signHandover, command.signHandover),
    bind(commandRoutes.noteHandover, command.noteHandover),
    bind(commandRoutes.listLog, command.listLog),
    bind(commandRoutes.exportLog, async (context, input, reply) => {
      const { name, content } = await command.exportLog(context, input);
      await reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
        .header('x-content-type-options', 'nosniff')
        .send(content);
      return null;
    }),
    bind(commandRoutes.addLogLine, command.addLogLine),
    bind(commandRoutes.correctLogLine, command.correctLogLine),
    bind(commandRoutes.markLogLine, command.markLogLine),
    bind(commandRoutes.noteCall, command.noteCall),
    bind(commandRoutes.listContacts, command.listContacts),
    bind(commandRoutes.createContact, command.createContact),
    bind(commandRoutes.updateContact, command.updateContact),
    bind(commandRoutes.callContact, command.callContact),
    bind(commandRoutes.listStores, command.listStores),
    bind(commandRoutes.createStore, command.createStore),
    bind(commandRoutes.updateStore, command.updateStore),
  ];
}
