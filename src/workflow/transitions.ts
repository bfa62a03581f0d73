import {
  DEADLINE_KINDS,
  type DeadlineKind,
  type Requirement,
  type WorkOrderAction,
  type WorkOrderState,
} from '#model/response';

/**
 * Who may act on an order, and for whom it waits.
 * `dispatcher` 派单人 · `responder` anybody of the unit while nobody holds the order · `holder` the handler who accepted
 * it · `taker` whoever may take over what the holder hands on · `approver` who agrees to a suspension, never the one who asked
 * or holds · `reviewer` 复核人, never the one who handled or cleared it · `rule` the dispatch rule.
 */
export const PARTIES = [
  'dispatcher',
  'responder',
  'holder',
  'taker',
  'approver',
  'reviewer',
  'rule',
] as const;
export type Party = (typeof PARTIES)[number];

/** What an order must be for an act to be open. */
export type Condition =
  | 'red'
  | 'analysis-owed'
  | 'not-red'
  | 'suspension-asked'
  | 'suspension-not-asked'
  | 'part'
  | 'whole'
  | 'parent-open'
  | 'not-arrived';

export interface Transition {
  /** `stood`: back to the state from which the order went aside. */
  readonly to: WorkOrderState | 'stood';
  readonly by: readonly Party[];
  readonly when?: readonly Condition[];
  readonly requires?: readonly Requirement[];
  /** Only with a record that passes the closure quality gate. */
  readonly record?: true;
  /** Limits that this act keeps. */
  readonly meets?: readonly DeadlineKind[];
  /** Limits that no longer apply, though nobody kept them. */
  readonly stops?: readonly DeadlineKind[];
  /** Limits that begin anew from this act. */
  readonly restarts?: readonly DeadlineKind[];
  /** Limits that were kept by what this act undoes: they go on from their rest, as if they had stood still since. */
  readonly givesBack?: readonly DeadlineKind[];
  /** Limits that begin where this act says 误报. */
  readonly restartsIfFalse?: readonly DeadlineKind[];
  /** 停表: every limit that runs stands still from this act on, or goes on from it. */
  readonly clock?: 'stops' | 'goes-on';
  /** How long after closing this may still be done. */
  readonly withinMsOfClosing?: number;
}

export interface Stage {
  /** The one party who is accountable now; null once the order is closed. */
  readonly waitsFor: 'dispatcher' | 'responder' | 'holder' | 'reviewer' | null;
  /** Who is asked besides, without being accountable yet. */
  readonly asks?: 'taker';
  readonly actions: Readonly<Partial<Record<WorkOrderAction, Transition>>>;
}

const DAY_MS = 86_400_000;

// The first feedback is due before the arrival (catalog §3.2), so it may be given on the way. Each one begins the 续报 anew.
const feedBack = {
  by: ['holder'],
  requires: ['note'],
  meets: ['feedback', 'progress'],
  restarts: ['progress'],
} as const;
// 研判报告 of a slow structure (T-infra): whoever handles or reviews it hands it in, once.
const analyse = {
  by: ['holder', 'reviewer'],
  when: ['analysis-owed'],
  requires: ['note'],
  meets: ['analysis'],
} as const;
// A red order that nobody accepts goes to the deputy (AB 角) by rule.
const reassign = { to: 'dispatched', by: ['rule'], when: ['red'] } as const;
const clear = {
  to: 'cleared',
  by: ['holder'],
  // The risk is gone: by the steps' evidence and, where there is a sensor, by its reading (decision 0042).
  requires: ['steps', 'results', 'verdict', 'note', 'normal'],
  record: true,
  meets: ['feedback', 'clear'],
  stops: ['on-site', 'progress'],
  restartsIfFalse: ['verify'],
} as const;
// By rule: cleared because the reading was back to normal, and it has risen again before anybody has closed.
const sendBack = {
  to: 'disposing',
  by: ['reviewer', 'rule'],
  requires: ['reason'],
  meets: ['verify'],
  // Nothing is cleared any more. While the reviewer looked, it was not the handler's time.
  givesBack: ['clear'],
  restarts: ['progress'],
} as const;
// What is one matter is handled once; the warning goes on being watched by the order that survives.
const merge = {
  merge: {
    to: 'closed',
    by: ['dispatcher'],
    when: ['whole'],
    requires: ['reason', 'into'],
    stops: DEADLINE_KINDS,
  },
  // An order for a co-unit that need not be done after all.
  waive: { to: 'closed', by: ['dispatcher'], when: ['part'], requires: ['reason'], stops: DEADLINE_KINDS },
} as const;

/** Ways aside for an order that somebody works on. Stop-clock only with reason and approver, never for red (catalog §3.2). */
function aside(state: WorkOrderState): Stage['actions'] {
  return {
    transfer: { to: 'transferred', by: ['holder'], requires: ['unit', 'reason'] },
    'ask-suspension': {
      to: state,
      by: ['holder'],
      when: ['suspension-not-asked', 'not-red'],
      requires: ['reason'],
    },
    suspend: {
      to: 'suspended',
      by: ['approver'],
      when: ['suspension-asked', 'not-red'],
      requires: ['until'],
      clock: 'stops',
    },
    'refuse-suspension': {
      to: state,
      by: ['approver'],
      when: ['suspension-asked'],
      requires: ['reason'],
    },
    ...merge,
  };
}

/** 工单流转表：读这一张表就知道一张工单的一生（catalog §3.2；design §4；decision 0038）。 */
export const TRANSITIONS: Readonly<Record<WorkOrderState, Stage>> = {
  raised: {
    waitsFor: 'dispatcher',
    actions: { dispatch: { to: 'dispatched', by: ['dispatcher', 'rule'] }, ...merge },
  },
  dispatched: {
    waitsFor: 'responder',
    actions: {
      accept: { to: 'accepted', by: ['responder'], meets: ['accept'] },
      reject: { to: 'rejected', by: ['responder'], requires: ['reason'] },
      reassign,
      ...merge,
    },
  },
  accepted: {
    waitsFor: 'holder',
    actions: {
      arrive: { to: 'on-site', by: ['holder'], meets: ['on-site'] },
      // Remote work: nobody has to be on site, so that limit stops instead of being called kept.
      dispose: { to: 'disposing', by: ['holder'], stops: ['on-site'] },
      'feed-back': { to: 'accepted', ...feedBack },
      analyse: { to: 'accepted', ...analyse },
      reject: { to: 'rejected', by: ['holder'], requires: ['reason'] },
      ...aside('accepted'),
    },
  },
  'on-site': {
    waitsFor: 'holder',
    actions: {
      dispose: { to: 'disposing', by: ['holder'] },
      'feed-back': { to: 'on-site', ...feedBack },
      analyse: { to: 'on-site', ...analyse },
      clear,
      ...aside('on-site'),
    },
  },
  disposing: {
    waitsFor: 'holder',
    actions: {
      // Begun from afar, and then somebody went after all.
      arrive: { to: 'disposing', by: ['holder'], when: ['not-arrived'] },
      'feed-back': { to: 'disposing', ...feedBack },
      analyse: { to: 'disposing', ...analyse },
      clear,
      ...aside('disposing'),
    },
  },
  // Whoever hands on stays accountable until somebody has taken over: no clock stops and none begins anew.
  transferred: {
    waitsFor: 'holder',
    asks: 'taker',
    actions: {
      accept: { to: 'accepted', by: ['taker'] },
      reject: { to: 'stood', by: ['taker'], requires: ['reason'] },
      'take-back': { to: 'stood', by: ['holder'] },
      'feed-back': { to: 'transferred', ...feedBack },
      ...merge,
    },
  },
  suspended: {
    waitsFor: 'holder',
    actions: {
      resume: { to: 'stood', by: ['holder', 'approver', 'rule'], clock: 'goes-on' },
      ...merge,
    },
  },
  cleared: {
    waitsFor: 'reviewer',
    actions: {
      review: { to: 'reviewing', by: ['reviewer'] },
      analyse: { to: 'cleared', ...analyse },
      'send-back': sendBack,
    },
  },
  reviewing: {
    waitsFor: 'reviewer',
    actions: {
      analyse: { to: 'reviewing', ...analyse },
      close: {
        to: 'closed',
        by: ['reviewer'],
        requires: ['parts', 'measured'],
        record: true,
        meets: ['close', 'verify'],
        stops: ['analysis'],
      },
      // 误报 is how an order ended, not another end: it is closed like any other.
      'close-false-alarm': {
        to: 'closed',
        by: ['reviewer'],
        requires: ['false-alarm', 'parts'],
        meets: ['close', 'verify'],
        stops: ['analysis'],
      },
      'send-back': sendBack,
    },
  },
  closed: {
    waitsFor: null,
    actions: {
      reopen: {
        to: 'reopened',
        by: ['reviewer'],
        when: ['parent-open'],
        requires: ['reason'],
        restarts: ['accept', 'clear', 'close'],
        withinMsOfClosing: 30 * DAY_MS,
      },
    },
  },
  rejected: {
    waitsFor: 'dispatcher',
    actions: { dispatch: { to: 'dispatched', by: ['dispatcher'], restarts: ['accept'] }, ...merge },
  },
  reopened: {
    waitsFor: 'responder',
    actions: {
      dispatch: { to: 'dispatched', by: ['dispatcher'] },
      accept: { to: 'accepted', by: ['responder'], meets: ['accept'] },
      reassign,
      ...merge,
    },
  },
};
