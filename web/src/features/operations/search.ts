import {
  FAULT_KINDS,
  FAULT_STATES,
  FAULT_SUBJECTS,
  type FaultKind,
  type FaultState,
  type FaultSubjectKind,
} from '#model/operations';

/** The filters of the list and the fault that is looked at, as they stand in the address. Nothing said: what is not closed. */
export interface FaultSearch {
  readonly tab?: 'alive';
  readonly show?: 'mine' | 'overdue' | 'all';
  readonly state?: FaultState;
  readonly kind?: FaultKind;
  readonly subject?: FaultSubjectKind;
  readonly scenario?: string;
  readonly search?: string;
  readonly fault?: number;
}

export function readFaultSearch(given: Record<string, unknown>): FaultSearch {
  const one = <Value extends string>(values: readonly Value[], name: string): Value | undefined =>
    values.find((value) => value === given[name]);
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 50) : undefined;
  };
  const fault = Number(given['fault']);
  const found = {
    tab: one(['alive'] as const, 'tab'),
    show: one(['mine', 'overdue', 'all'] as const, 'show'),
    state: one(FAULT_STATES, 'state'),
    kind: one(FAULT_KINDS, 'kind'),
    subject: one(FAULT_SUBJECTS, 'subject'),
    scenario: text('scenario'),
    search: text('search'),
    fault: Number.isInteger(fault) && fault > 0 ? fault : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
