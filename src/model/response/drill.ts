import type { Role, ScenarioCode } from '#model/platform';

import type { DeadlineKind } from './work-order.ts';

/** The life of a drill (演练). What is assessed has ended, or was broken off. */
export const DRILL_STATES = ['planned', 'running', 'ended', 'aborted', 'assessed'] as const;
export type DrillState = (typeof DRILL_STATES)[number];

export const DRILL_STATE_TEXT: Readonly<Record<DrillState, string>> = {
  planned: '待开始',
  running: '进行中',
  ended: '待复盘',
  aborted: '已中止',
  assessed: '已复盘',
};

/** On time is worth all of an expectation's points, late half of them, missed none. */
export const DRILL_OUTCOMES = ['kept', 'late', 'missed'] as const;
export type DrillOutcome = (typeof DRILL_OUTCOMES)[number];

export const DRILL_OUTCOME_TEXT: Readonly<Record<DrillOutcome, string>> = {
  kept: '按时',
  late: '超时',
  missed: '没有做到',
};

export const OUTCOME_SHARE: Readonly<Record<DrillOutcome, number>> = { kept: 1, late: 0.5, missed: 0 };

/** What stands before the name of everything that belongs to a drill. */
export const DRILL_MARK = '【演练】';

/** An object of the drill: it stands at a real place, so that the people who are in charge there get it. */
export interface DrillObject {
  readonly key: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

export interface DrillPoint {
  readonly key: string;
  /** Key of its object. */
  readonly object: string;
  /** Code of an element of the standard. */
  readonly element: string;
}

/** From this minute on the point tells this value. */
export interface ReadingAct {
  readonly kind: 'readings';
  readonly minute: number;
  readonly point: string;
  readonly value: number;
  /** What it means, for whoever follows the drill. */
  readonly text: string;
}

/** Words (导调) that a seat has to answer. */
export interface InjectAct {
  readonly kind: 'inject';
  readonly minute: number;
  readonly code: string;
  readonly to: Role;
  readonly text: string;
}

export type DrillAct = ReadingAct | InjectAct;

/** How a drill is reported on to the district's watch; nothing of it goes further (decision 0044). */
export const DRILL_REPORT_CHANNELS = ['written', 'platform'] as const;
export type DrillReportChannel = (typeof DRILL_REPORT_CHANNELS)[number];

/** What people have to do; its points are given by the records, never by hand. */
export type DrillExpectation =
  | {
      readonly kind: 'limit';
      readonly text: string;
      readonly points: number;
      /** Key of the object whose order it is. */
      readonly object: string;
      readonly limit: DeadlineKind;
    }
  | {
      readonly kind: 'acknowledged';
      readonly text: string;
      readonly points: number;
      readonly object: string;
      readonly minutes: number;
    }
  | {
      readonly kind: 'answered';
      readonly text: string;
      readonly points: number;
      /** Code of the words. */
      readonly inject: string;
      readonly minutes: number;
    }
  | {
      readonly kind: 'incident-taken';
      readonly text: string;
      readonly points: number;
      /** Key of the object whose order the incident has adopted. */
      readonly object: string;
      /** From its opening until somebody signed for it. */
      readonly minutes: number;
    }
  | {
      readonly kind: 'reported';
      readonly text: string;
      readonly points: number;
      /** Key of the object whose order is reported on; the limit is the rule's own. */
      readonly object: string;
      readonly channel: DrillReportChannel;
    };

/** A drill as data (演练脚本). */
export interface DrillScript {
  readonly code: string;
  readonly name: string;
  readonly scenario: ScenarioCode;
  readonly goal: string;
  readonly minutes: number;
  readonly objects: readonly DrillObject[];
  readonly points: readonly DrillPoint[];
  readonly acts: readonly DrillAct[];
  readonly expectations: readonly DrillExpectation[];
}
