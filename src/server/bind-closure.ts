import { closureRoutes } from '#contract/response';
import * as response from '#services/response';

import { bind, type Bound } from './http/bind.ts';

/** 结案质量. */
export function bindClosure(): readonly Bound[] {
  return [
    bind(closureRoutes.getClosureQuality, (context, { query }) => response.getClosureQuality(context, query)),
    bind(closureRoutes.listClosureSamples, (context, { query }) => response.listSamples(context, query)),
    bind(closureRoutes.checkClosureSample, (context, { params, body }) =>
      response.checkSample(context, params.id, body),
    ),
    bind(closureRoutes.amendWorkOrder, (context, { params, body }) =>
      response.amendOrder(context, params.id, body),
    ),
  ];
}
