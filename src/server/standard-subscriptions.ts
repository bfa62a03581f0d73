import type { Event, Subscription } from '#bus';
import {
  expectVersion,
  followReach,
  forgetVersion,
  type MonitoringDesk,
  rebindSigns,
  refitPoints,
} from '#services/monitoring';
import { checkOwnLimits, openBasisTasks, reopenBasisTasks } from '#services/standard';
import type { Database } from '#storage';

export interface StandardFollowers {
  /** A version of the standard was published or called off, or an own limit set: another moment may be the next. */
  readonly momentsChanged: () => void;
  /** The evaluator has taken a version into its memory (id, epoch ms). */
  readonly held: (version: number, at: number) => void;
}

/** What follows from a change of the standard, or of what is set for objects. */
export function standardSubscriptions(
  now: () => number,
  desk: MonitoringDesk,
  { momentsChanged, held }: StandardFollowers,
): readonly Subscription<Database>[] {
  return [
    {
      name: 'monitoring.expect-version',
      types: ['standard.published', 'standard.cancelled'],
      handle: async (tx, events) => {
        for (const { type, payload } of events) {
          const follow = type === 'standard.published' ? expectVersion : forgetVersion;
          if (payload['scenario'] === null) continue;
          await follow(tx, desk, Number(payload['effectiveFrom']));
          if (type === 'standard.published') held(payload.id, now());
        }
        momentsChanged();
      },
    },
    {
      name: 'monitoring.refit-points',
      types: ['standard.published', 'standard.took-effect'],
      handle: (tx, events) => refitPoints(tx, desk, events.flatMap(changedElements)),
    },
    {
      name: 'standard.open-basis-tasks',
      types: ['standard.basis-changed'],
      handle: (tx, events) => openBasisTasks(tx, events, now()),
    },
    {
      name: 'standard.reopen-basis-tasks',
      types: ['standard.cancelled'],
      handle: (tx, events) => reopenBasisTasks(tx, events, now()),
    },
    {
      name: 'monitoring.rebind-signs',
      types: ['object.changed', 'own-limit.changed'],
      handle: async (tx, events) => {
        await rebindSigns(tx, desk, events.flatMap(judgedAnew));
        momentsChanged();
      },
    },
    {
      name: 'monitoring.follow-reach',
      types: ['object.changed', 'borders.imported'],
      handle: (tx, events) => followReach(tx, desk, changedObjects(events)),
    },
    {
      name: 'standard.check-own-limits',
      types: ['standard.published', 'standard.took-effect', 'object.changed'],
      handle: async (tx, events) => {
        const scenarios = events.flatMap(({ payload }) => scenarioOf(payload['scenario']));
        await checkOwnLimits(tx, { scenarios }, now());
        await checkOwnLimits(tx, { objects: events.flatMap(judgedAnew) }, now());
      },
    },
  ];
}

function scenarioOf(code: unknown): readonly string[] {
  return typeof code === 'string' ? [code] : [];
}

/** Codes of elements that have become others with a version that is in effect. */
function changedElements({ payload }: Event): readonly string[] {
  return (payload['elements'] ?? []) as readonly string[];
}

/** Undefined where an import does not tell which. */
function changedObjects(events: readonly Event[]): readonly number[] | undefined {
  const objects = events.flatMap(({ payload }) => [
    payload.id,
    ...((payload['seen'] ?? []) as readonly number[]),
  ]);
  const areTold = events.every(({ type, payload }) => type === 'object.changed' && payload.id > 0);
  return areTold ? objects : undefined;
}

/** Objects whose parameters or own limits were changed. */
function judgedAnew({ payload }: Event): readonly number[] {
  return (payload['judgedAnew'] ?? []) as readonly number[];
}
