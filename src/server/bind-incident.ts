import { activationRoutes, incidentRoutes } from '#contract/response';
import * as response from '#services/response';

import { bind, type Bound } from './http/bind.ts';

/** 事件与闭环、应急响应. */
export function bindIncident(): readonly Bound[] {
  return [
    bind(incidentRoutes.listIncidents, (context, { query }) => response.listIncidents(context, query)),
    bind(incidentRoutes.openIncident, (context, { body }) => response.openIncident(context, body)),
    bind(incidentRoutes.getIncident, (context, { params }) => response.getIncident(context, params.id)),
    bind(incidentRoutes.listIncidentEntries, (context, { params, query }) =>
      response.listIncidentEntries(context, params.id, query),
    ),
    bind(incidentRoutes.listIncidentOrders, (context, { params, query }) =>
      response.listIncidentOrders(context, params.id, query),
    ),
    bind(incidentRoutes.adoptOrders, (context, { params, body }) =>
      response.adoptOrders(context, params.id, body),
    ),
    bind(incidentRoutes.releaseOrders, (context, { params, body }) =>
      response.releaseOrders(context, params.id, body),
    ),
    bind(incidentRoutes.advanceIncident, (context, { params, body }) =>
      response.advanceIncident(context, params.id, body),
    ),
    bind(incidentRoutes.callPart, (context, { params, body }) => response.callPart(context, params.id, body)),
    bind(incidentRoutes.answerPart, (context, { params, body }) =>
      response.answerPart(context, params.id, body),
    ),
    bind(incidentRoutes.waivePart, (context, { params, body }) =>
      response.waivePart(context, params.id, body),
    ),
    bind(incidentRoutes.askForm, (context, { params, body }) => response.askForm(context, params.id, body)),
    bind(incidentRoutes.endForm, (context, { params }) => response.endForm(context, params.id)),
    bind(incidentRoutes.getForm, (context, { params, query }) =>
      response.getForm(context, params.id, query.round),
    ),
    bind(incidentRoutes.listFormsDue, (context) => response.listFormsDue(context)),
    bind(incidentRoutes.answerForm, (context, { params, body }) =>
      response.answerForm(context, params.id, body),
    ),
    bind(activationRoutes.listActivations, (context, { query }) => response.listActivations(context, query)),
    bind(activationRoutes.getActivation, (context, { params }) => response.getActivation(context, params.id)),
    bind(activationRoutes.startActivation, (context, { body }) => response.startActivation(context, body)),
    bind(activationRoutes.changeActivation, (context, { params, body }) =>
      response.changeActivation(context, params.id, body),
    ),
    bind(activationRoutes.putMeasures, (context, { params, body }) =>
      response.putMeasures(context, params.id, body),
    ),
  ];
}
