import type { EventType, StreamEvent } from '#contract/http';

type Key = readonly (string | number)[];

/**
 * Which queries an event makes old. Keys begin with the room: `[room, 'list', …]`, `[room, 'detail', id]`,
 * `['platform', 'map']`, `['monitoring', …]`, `['report', …]`, `['audit', …]`.
 */
/** The duty desk is one answer: whatever of it changes makes it old. */
const DESK: Key = ['command', 'desk'];
/** What waits for me in other rooms. */
const WAITING: Key = ['command', 'todo'];
/** What was drawn of closed orders, and whether it was mended since. */
const CLOSURE: Key = ['response', 'closure'];
const WARNING_KEYS = (id: number): readonly Key[] => [
  ['warning', 'list'],
  ['warning', 'detail', id],
  ['platform', 'map'],
  ['report'],
  DESK,
];
const CASCADE_KEYS = (): readonly Key[] => [['cascade']];
const ORDER_KEYS = (id: number): readonly Key[] => [
  ['response', 'list'],
  ['response', 'detail', id],
  CLOSURE,
  ['warning', 'list'],
  ['warning', 'detail'],
  ['report'],
  DESK,
];
/** An alarm's id is not a warning's: any warning on screen may lean on it, or be suppressed while it stands. */
const ALARM_KEYS = (): readonly Key[] => [
  ['warning', 'list'],
  ['warning', 'detail'],
];
/** What is held back is listed under `['warning', 'holds', …]`. */
const HOLD_KEYS = (): readonly Key[] => [['warning', 'holds'], ...ALARM_KEYS(), DESK];
const VERIFICATION_KEYS = (): readonly Key[] => [
  ['warning', 'verifications'],
  ['warning', 'verification'],
  ['warning', 'detail'],
  DESK,
  WAITING,
];
/** What holds warnings back shows wherever they show. */
const HOLDER_KEYS = (): readonly Key[] => [
  ['warning', 'holds'],
  ['warning', 'list'],
  ['warning', 'detail'],
  ['platform', 'map'],
  DESK,
];
const REPLAY_KEYS = (): readonly Key[] => [['monitoring'], ['warning', 'list'], ['response', 'list'], DESK];

/** What is owed changes with what is reported: lists, matters and what stands on an order's page. */
const REPORT_KEYS = (): readonly Key[] => [['command', 'reports'], WAITING];

const EVENT_KEYS = (): readonly Key[] => [['events'], WAITING];
const SUPERVISION_KEYS = (): readonly Key[] => [['response', 'supervision'], CLOSURE, ['incident'], WAITING];
const INCIDENT_KEYS = (): readonly Key[] => [['incident'], ['response', 'detail'], WAITING];

const KEYS: Readonly<Record<EventType, (id: number) => readonly Key[]>> = {
  'alarm.raised': ALARM_KEYS,
  'alarm.changed': ALARM_KEYS,
  'alarm.normal': ALARM_KEYS,
  'alarm.held': HOLD_KEYS,
  'alarm.released': HOLD_KEYS,
  'verification.asked': VERIFICATION_KEYS,
  'verification.reminded': VERIFICATION_KEYS,
  'verification.decided': VERIFICATION_KEYS,
  'shelf.changed': HOLDER_KEYS,
  'shelf.ending': HOLDER_KEYS,
  'suppression-rule.changed': HOLDER_KEYS,
  'service-window.changed': () => [['monitoring'], ...HOLDER_KEYS()],
  'warning.raised': WARNING_KEYS,
  'warning.upgraded': WARNING_KEYS,
  'warning.stepped-down': WARNING_KEYS,
  'warning.normal': WARNING_KEYS,
  'warning.acknowledged': WARNING_KEYS,
  'seat.flood-began': () => [['warning', 'load']],
  'seat.flood-ended': () => [['warning', 'load']],
  'warning.noted': (id) => [['warning', 'detail', id]],
  'warning.re-alarmed': WARNING_KEYS,
  'warning.judged': WARNING_KEYS,
  'warning.reopened': WARNING_KEYS,
  'warning.closed': WARNING_KEYS,
  'cascade.foreseen': CASCADE_KEYS,
  'cascade.changed': CASCADE_KEYS,
  'dependency.changed': () => [['dependency'], ['cascade', 'rules']],
  'work-order.raised': ORDER_KEYS,
  'work-order.advanced': ORDER_KEYS,
  'work-order.noted': (id) => [['response', 'detail', id], CLOSURE],
  'work-order.overdue': ORDER_KEYS,
  'work-order.reminded': ORDER_KEYS,
  'incident.opened': INCIDENT_KEYS,
  'incident.changed': INCIDENT_KEYS,
  'incident-form.due': INCIDENT_KEYS,
  'incident-form.answered': INCIDENT_KEYS,
  'activation.changed': () => [['activation']],
  'overdue-list.written': () => [['response', 'overdue']],
  'supervision.changed': SUPERVISION_KEYS,
  'supervision.due': SUPERVISION_KEYS,
  'closure-sample.drawn': () => [CLOSURE, WAITING],
  'closure-sample.checked': () => [CLOSURE, WAITING],
  'device.quarantined': () => [
    ['monitoring', 'quarantine'],
    ['monitoring', 'devices'],
  ],
  'device.noted': () => [['notes']],
  'suspected-event.raised': EVENT_KEYS,
  'suspected-event.changed': EVENT_KEYS,
  'replay-session.opened': REPLAY_KEYS,
  'replay-session.ended': REPLAY_KEYS,
  'drill.changed': () => [['drills'], ['monitoring', 'replay-clock']],
  'audit.broken': () => [['audit']],
  'personal.reveal-many': () => [['audit']],
  'borders.imported': () => [['platform']],
  'duty.shift-changed': () => [
    ['command', 'now'],
    ['command', 'rosters'],
    ['command', 'shifts'],
    ['command', 'swaps'],
    WAITING,
  ],
  'duty.handover-signed': () => [
    ['command', 'now'],
    ['command', 'handovers'],
    ['command', 'handover'],
    WAITING,
  ],
  'duty.handover-noted': () => [['command', 'handover']],
  'duty.log-added': () => [['command', 'log']],
  'incident-report.due': REPORT_KEYS,
  'incident-report.late': REPORT_KEYS,
  'incident-report.changed': REPORT_KEYS,
  'account.requested': () => [['people'], WAITING],
  'account.decided': () => [['people'], WAITING],
  'platform.changed': () => [['platform']],
  'object.changed': () => [['platform'], ['monitoring']],
  'coverage.changed': () => [['coverage']],
  'blind-spot.changed': () => [['monitoring', 'blind'], DESK],
  'population.changed': () => [
    ['monitoring', 'blind'],
    ['platform', 'populations'],
  ],
  'own-limit.changed': () => [['standard'], WAITING, ['warning', 'detail']],
  'standard.draft-changed': () => [['standard'], WAITING],
  'standard.published': () => [['standard']],
  'standard.cancelled': () => [['standard']],
  'standard.took-effect': () => [['standard']],
  'standard.rehearsal-changed': () => [['rehearsals']],
  'standard.basis-changed': () => [['standard']],
  'fault.opened': () => [['operations'], DESK],
  'fault.changed': () => [['operations'], DESK],
  'notification.sent': () => [['command', 'notifications']],
  'chain-test.changed': () => [['operations', 'chains']],
  'reconciliation.done': () => [['operations', 'reconciliations']],
};

/** The keys of many events, each once, a key inside a wider one left out. */
export function keysOf(events: readonly Pick<StreamEvent, 'type' | 'id'>[]): readonly Key[] {
  const found = new Map<string, Key>();
  for (const event of events) {
    for (const key of KEYS[event.type](event.id)) found.set(JSON.stringify(key), key);
  }
  const keys = [...found.values()];
  return keys.filter((key) => !keys.some((other) => other.length < key.length && covers(other, key)));
}

function covers(wide: Key, narrow: Key): boolean {
  return wide.every((part, i) => part === narrow[i]);
}
