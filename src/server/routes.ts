import { monitoringRoutes } from '#contract/monitoring';
import { platformRoutes } from '#contract/platform';
import { reportRoutes } from '#contract/report';
import { responseRoutes } from '#contract/response';
import { standardRoutes } from '#contract/standard';
import { warningRoutes } from '#contract/warning';
import * as monitoring from '#services/monitoring';
import * as platform from '#services/platform';
import * as report from '#services/report';
import * as response from '#services/response';
import * as standard from '#services/standard';
import * as warning from '#services/warning';

import type { App } from './app.ts';
import { bind, type Bound } from './http/bind.ts';
import { clearSessionCookie, setSessionCookie } from './http/session-cookie.ts';

/** Route → use case: the whole HTTP face in one table. */
export function routes(app: App): readonly Bound[] {
  const { desk, storage, ground } = app;
  const replay = { desk, storage, poke: ground.poke };
  return [
    bind(platformRoutes.signIn, async (context, input, reply) => {
      const signedIn = await platform.signIn(context, ground, input.body);
      setSessionCookie(reply, signedIn.token, app.config);
      return signedIn;
    }),
    bind(platformRoutes.getSession, (context) => platform.getSession(context)),
    bind(platformRoutes.signOut, async (context, _input, reply) => {
      await platform.signOut(context);
      clearSessionCookie(reply);
      return null;
    }),
    bind(platformRoutes.issueToken, (context, input) => platform.issueToken(context, input)),
    bind(platformRoutes.listPlatforms, platform.listPlatforms),
    bind(platformRoutes.createObject, platform.registerObject),
    bind(platformRoutes.listObjects, platform.listObjects),
    bind(platformRoutes.getObject, platform.getObject),
    bind(platformRoutes.getMap, platform.getMap),
    bind(platformRoutes.getBorders, platform.getBorders),
    bind(platformRoutes.importBorders, platform.importBorders),

    bind(standardRoutes.listElements, standard.listElements),
    bind(standardRoutes.listItems, standard.listItems),
    bind(standardRoutes.listSigns, standard.listSigns),
    bind(standardRoutes.listHandbooks, standard.listHandbooks),

    bind(monitoringRoutes.postReadings, (context, input) => monitoring.postReadings(context, desk, input)),
    bind(monitoringRoutes.listReadings, monitoring.listReadings),
    bind(monitoringRoutes.createPoint, (context, { body }) =>
      monitoring.registerPoint(context, desk, app.signs, body),
    ),
    bind(monitoringRoutes.listPoints, (context, input) => monitoring.listPoints(context, desk, input)),
    bind(monitoringRoutes.createDevice, (context, { body }) =>
      monitoring.registerDevice(context, desk, body),
    ),
    bind(monitoringRoutes.listDevices, monitoring.listDevices),
    bind(monitoringRoutes.listQuarantine, monitoring.listQuarantine),
    bind(monitoringRoutes.openReplaySession, (context, { body }) =>
      monitoring.openReplaySession(context, replay, body),
    ),
    bind(monitoringRoutes.endReplaySession, (context, { params }) =>
      monitoring.endReplaySession(context, replay, params.id),
    ),
    bind(monitoringRoutes.listReplaySessions, monitoring.listReplaySessions),

    bind(warningRoutes.listWarnings, warning.listWarnings),
    bind(warningRoutes.getWarning, warning.getWarning),
    bind(warningRoutes.acknowledgeWarning, warning.acknowledgeWarning),

    bind(responseRoutes.listWorkOrders, (context, { query }) => response.listWorkOrders(context, query)),
    bind(responseRoutes.getWorkOrder, (context, { params }) => response.getWorkOrder(context, params.id)),
    bind(responseRoutes.advanceWorkOrder, (context, { params, body }) =>
      response.advanceWorkOrder(context, params.id, body),
    ),
    bind(responseRoutes.uploadAttachment, (context, { params, query, raw, contentType }) =>
      response.attachPhoto(context, params.id, { name: query.name, mediaType: contentType, content: raw }),
    ),
    bind(responseRoutes.getAttachment, async (context, { params }, reply) => {
      const found = await response.getAttachment(context, params.id);
      await reply
        .type(found.mediaType)
        .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(found.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=86400, immutable')
        .send(found.content);
      return null;
    }),

    bind(reportRoutes.getMonth, report.getMonth),
  ];
}
