import type { WorkOrderAction } from '#model/response';

/** What is done on the spot and cannot wait for a signal: it goes by the queue. Everything else is asked of the server at once. */
export const FIELD_ACTIONS: readonly WorkOrderAction[] = [
  'accept',
  'arrive',
  'dispose',
  'clear',
  'feed-back',
  'reject',
  'transfer',
];
