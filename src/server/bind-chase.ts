import { chaseRoutes } from '#contract/response';
import * as response from '#services/response';

import { bind, type Bound } from './http/bind.ts';

/** 催办与督办. */
export function bindChase(): readonly Bound[] {
  return [
    bind(chaseRoutes.acknowledgeEscalation, (context, { params }) =>
      response.acknowledgeEscalation(context, params.id),
    ),
    bind(chaseRoutes.getOverdueList, (context, { query }) => response.getOverdueList(context, query)),
    bind(chaseRoutes.listSupervisions, (context, { query }) => response.listSupervisions(context, query)),
    bind(chaseRoutes.getSupervision, (context, { params }) => response.getSupervision(context, params.id)),
    bind(chaseRoutes.issueSupervision, (context, { body }) => response.issueSupervision(context, body)),
    bind(chaseRoutes.answerSupervision, (context, { params, body }) =>
      response.answerSupervision(context, params.id, body),
    ),
    bind(chaseRoutes.extendSupervision, (context, { params, body }) =>
      response.extendSupervision(context, params.id, body),
    ),
    bind(chaseRoutes.returnSupervision, (context, { params, body }) =>
      response.returnSupervision(context, params.id, body),
    ),
    bind(chaseRoutes.closeSupervision, (context, { params, body }) =>
      response.closeSupervision(context, params.id, body),
    ),
  ];
}
