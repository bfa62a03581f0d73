import { aliveRoutes } from '#contract/operations';
import type { SystemContext } from '#services/context';
import * as operations from '#services/operations';

import { bind, type Bound } from './http/bind.ts';
import type { Reconciler } from './reconciler.ts';

/** 技术保障 · 自检与对账: does the chain work, has every record its partner, who watches us from outside. */
export function bindAlive(app: {
  readonly system: SystemContext;
  readonly reconciler: Reconciler;
}): readonly Bound[] {
  return [
    bind(aliveRoutes.listChainTests, operations.listChainTests),
    bind(aliveRoutes.getChainTest, (context, { params }) => operations.getChainTest(context, params.id)),
    bind(aliveRoutes.requestChainTest, operations.requestChainTest),
    bind(aliveRoutes.listReconciliations, operations.listReconciliations),
    bind(aliveRoutes.listMismatches, operations.listMismatches),
    bind(aliveRoutes.reconcileNow, (context) =>
      operations.reconcileNow(context, app.system, {
        events: app.reconciler.facts,
        rest: () => app.reconciler.rest(),
      }),
    ),
    bind(aliveRoutes.listWatchdogs, (context) => operations.listWatchdogs(context)),
    bind(aliveRoutes.retireWatchdog, (context, { params }) =>
      operations.retireWatchdog(context, params.name),
    ),
  ];
}
