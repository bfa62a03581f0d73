import type { FaultAction, FaultRequirement, FaultState } from '#model/operations';

/**
 * Who may act on a fault. `technician` whoever handles faults where it lies · `closer` whoever closes them there ·
 * `rule` what found it by itself.
 */
export const FAULT_PARTIES = ['technician', 'closer', 'rule'] as const;
export type FaultParty = (typeof FAULT_PARTIES)[number];

interface FaultTransition {
  readonly to: FaultState;
  readonly by: readonly FaultParty[];
  readonly requires?: readonly FaultRequirement[];
  /** The limit begins anew: what came back has its whole time again. */
  readonly restartsLimit?: true;
}

interface FaultStage {
  /** For whom it waits; null once it is closed. */
  readonly waitsFor: Exclude<FaultParty, 'rule'> | null;
  readonly actions: Readonly<Partial<Record<FaultAction, FaultTransition>>>;
}

const assign = { to: 'assigned', by: ['technician', 'closer'], requires: ['owner'] } as const;
const start = { to: 'in-progress', by: ['technician'] } as const;
/** A rule says that the cause is gone; a person says what was done. */
const resolve = { to: 'resolved', by: ['technician', 'rule'], requires: ['note'] } as const;
const note = (to: FaultState) => ({ to, by: ['technician', 'closer'], requires: ['note'] }) as const;
const reopen = {
  to: 'reopened',
  by: ['technician', 'closer', 'rule'],
  requires: ['note'],
  restartsLimit: true,
} as const;

/** 故障流转表：一张表就是一条故障的一生（design §4；ITIL incident）。 */
export const FAULT_TRANSITIONS: Readonly<Record<FaultState, FaultStage>> = {
  open: { waitsFor: 'technician', actions: { assign, start, note: note('open'), resolve } },
  assigned: { waitsFor: 'technician', actions: { assign, start, note: note('assigned'), resolve } },
  'in-progress': { waitsFor: 'technician', actions: { assign, note: note('in-progress'), resolve } },
  resolved: {
    waitsFor: 'closer',
    actions: { close: { to: 'closed', by: ['closer'] }, note: note('resolved'), reopen },
  },
  // What breaks again after somebody closed it is a new fault.
  closed: { waitsFor: null, actions: {} },
  reopened: { waitsFor: 'technician', actions: { assign, start, note: note('reopened'), resolve } },
};
