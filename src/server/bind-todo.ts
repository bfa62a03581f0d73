import { commandRoutes } from '#contract/command';
import * as command from '#services/command';
import { eventsWaiting } from '#services/monitoring';
import { requestsWaiting } from '#services/platform';
import { partsWaiting, samplesWaiting, supervisionsWaiting } from '#services/response';
import { draftsWaiting, ownLimitsWaiting } from '#services/standard';
import { verificationsWaiting } from '#services/warning';

import { bind, type Bound } from './http/bind.ts';

/** What can wait for a person: one line a kind. */
const TODO_PARTS: command.TodoParts = {
  verification: { needs: 'warning.decide', waiting: verificationsWaiting },
  supervision: { needs: 'supervision.answer', waiting: supervisionsWaiting },
  'report-duty': { needs: 'duty.keep', waiting: command.reportDutiesWaiting },
  'closure-sample': { needs: 'supervision.issue', waiting: samplesWaiting },
  'incident-part': { needs: 'duty.keep', waiting: partsWaiting },
  'suspected-event': { needs: 'event.decide', waiting: eventsWaiting },
  'swap-answer': { needs: 'duty.read', waiting: command.swapsToAnswer },
  'swap-approval': { needs: 'roster.manage', waiting: command.swapsToApprove },
  handover: { needs: 'duty.read', waiting: command.handoversToSign },
  'standard-draft': { needs: 'standard.approve', waiting: draftsWaiting },
  'own-limit': { needs: 'object.approve', waiting: ownLimitsWaiting },
  'account-request': { needs: 'account.approve', waiting: requestsWaiting },
};

/** 我的待办, over all rooms. */
export function bindTodo(): readonly Bound[] {
  return [bind(commandRoutes.getTodo, (context) => command.getTodo(context, TODO_PARTS))];
}
