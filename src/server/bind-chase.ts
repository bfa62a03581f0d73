import { chaseRoutes } from '#contract/response';
import * as response from '#services/response';

import { bind, type Bound } from './http/bind.ts';

/** 催办与督办. */
export function bindChase(): readonly Bound[] {
  return [
    bind(chaseRoutes.acknowledgeEscalation, (context, { params }) =>
      response.acknowledgeEscalation(context, params.id),
    ),
  ];
}
