import type { DeadlineKind, Requirement, WorkOrderAction, WorkOrderState } from '#model/response';

/**
 * Who may act on an order, and for whom it waits.
 * `dispatcher` 派单人 · `responder` anybody of the unit while nobody holds the order · `holder` the handler who accepted
 * it · `reviewer` 复核人, never the one who handled or cleared it · `rule` the dispatch rule.
 */
export const PARTIES = ['dispatcher', 'responder', 'holder', 'reviewer', 'rule'] as const;
export type Party = (typeof PARTIES)[number];

export interface Transition {
  readonly to: WorkOrderState;
  readonly by: readonly Party[];
  readonly requires?: readonly Requirement[];
  /** Limits that this act keeps. */
  readonly meets?: readonly DeadlineKind[];
  /** Limits that no longer apply, though nobody kept them. */
  readonly stops?: readonly DeadlineKind[];
  /** Limits that begin anew from this act. */
  readonly restarts?: readonly DeadlineKind[];
  /** How long after closing this may still be done. */
  readonly withinMsOfClosing?: number;
}

export interface Stage {
  /** The one party who is accountable now; null once the order is closed. */
  readonly waitsFor: Exclude<Party, 'rule'> | null;
  readonly actions: Readonly<Partial<Record<WorkOrderAction, Transition>>>;
}

const DAY_MS = 86_400_000;

// The first feedback is due before the arrival (catalog §3.2), so it may be given on the way.
const feedBack = { by: ['holder'], requires: ['note'], meets: ['feedback'] } as const;
const clear = {
  to: 'cleared',
  by: ['holder'],
  requires: ['steps', 'verdict', 'note'],
  meets: ['feedback', 'clear'],
  stops: ['on-site'],
} as const;
const sendBack = { to: 'disposing', by: ['reviewer'], requires: ['reason'] } as const;

/** 工单流转表：读这一张表就知道一张工单的一生（catalog §3.2；design §4）。 */
export const TRANSITIONS: Readonly<Record<WorkOrderState, Stage>> = {
  raised: { waitsFor: 'dispatcher', actions: { dispatch: { to: 'dispatched', by: ['dispatcher', 'rule'] } } },
  dispatched: {
    waitsFor: 'responder',
    actions: {
      accept: { to: 'accepted', by: ['responder'], meets: ['accept'] },
      reject: { to: 'rejected', by: ['responder'], requires: ['reason'] },
    },
  },
  accepted: {
    waitsFor: 'holder',
    actions: {
      arrive: { to: 'on-site', by: ['holder'], meets: ['on-site'] },
      // Remote work: nobody has to be on site, so that limit stops instead of being called kept.
      dispose: { to: 'disposing', by: ['holder'], stops: ['on-site'] },
      'feed-back': { to: 'accepted', ...feedBack },
      reject: { to: 'rejected', by: ['holder'], requires: ['reason'] },
    },
  },
  'on-site': {
    waitsFor: 'holder',
    actions: {
      dispose: { to: 'disposing', by: ['holder'] },
      'feed-back': { to: 'on-site', ...feedBack },
      clear,
    },
  },
  disposing: {
    waitsFor: 'holder',
    actions: { 'feed-back': { to: 'disposing', ...feedBack }, clear },
  },
  cleared: {
    waitsFor: 'reviewer',
    actions: { review: { to: 'reviewing', by: ['reviewer'] }, 'send-back': sendBack },
  },
  reviewing: {
    waitsFor: 'reviewer',
    actions: { close: { to: 'closed', by: ['reviewer'], meets: ['close'] }, 'send-back': sendBack },
  },
  closed: {
    waitsFor: null,
    actions: {
      reopen: {
        to: 'reopened',
        by: ['reviewer'],
        requires: ['reason'],
        restarts: ['accept', 'clear', 'close'],
        withinMsOfClosing: 30 * DAY_MS,
      },
    },
  },
  rejected: {
    waitsFor: 'dispatcher',
    actions: { dispatch: { to: 'dispatched', by: ['dispatcher'], restarts: ['accept'] } },
  },
  reopened: {
    waitsFor: 'responder',
    actions: {
      dispatch: { to: 'dispatched', by: ['dispatcher'] },
      accept: { to: 'accepted', by: ['responder'], meets: ['accept'] },
    },
  },
};
