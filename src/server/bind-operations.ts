import { operationsRoutes } from '#contract/operations';
import * as operations from '#services/operations';

import { bind, type Bound } from './http/bind.ts';

/** 技术保障: what is technically wrong, and who is on it. */
export function bindOperations(): readonly Bound[] {
  return [
    bind(operationsRoutes.listFaults, operations.listFaults),
    bind(operationsRoutes.getFaultCounts, (context) => operations.countFaults(context)),
    bind(operationsRoutes.getFault, (context, { params }) => operations.getFault(context, params.id)),
    bind(operationsRoutes.reportFault, operations.reportFault),
    bind(operationsRoutes.advanceFault, operations.advanceFault),
  ];
}
