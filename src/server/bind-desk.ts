import { commandRoutes } from '#contract/command';
import * as command from '#services/command';
import { quietSince, quietSources } from '#services/operations';
import { ordersOnDesk, overdueSince } from '#services/response';
import { heldAlarms, warningsOnDesk, warningsSince } from '#services/warning';

import { bind, type Bound } from './http/bind.ts';

export const DESK_PARTS: command.DeskParts = {
  warnings: warningsOnDesk,
  orders: ordersOnDesk,
  sources: quietSources,
  held: heldAlarms,
  warningsSince,
  overdueSince,
  quietSince,
};

/** 值守台: one answer out of several rooms, now or as it stood. */
export function bindDesk(): readonly Bound[] {
  return [
    bind(commandRoutes.getDutyDesk, (context, input) => command.getDutyDesk(context, input, DESK_PARTS)),
    bind(commandRoutes.getDutyLook, (context) => command.getDutyLook(context)),
    bind(commandRoutes.putDutyLook, command.putDutyLook),
  ];
}
