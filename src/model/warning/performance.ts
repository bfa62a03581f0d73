import type { Level } from './level.ts';

/** 改进建议: what is proposed for a sign at a point that alarms too often or for too long. */
export const PROPOSAL_KINDS = ['raise-deadband', 'add-delay', 'mend-sensor', 'review-limit'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const PROPOSAL_KIND_TEXT: Readonly<Record<ProposalKind, string>> = {
  'raise-deadband': '加大回差',
  'add-delay': '加长持续时间',
  'mend-sensor': '检修传感器',
  'review-limit': '复核限值或停用',
};

/** What of a sign a proposal changes: its dead-band, or how long some of its levels must hold. */
export type SignProposal =
  | { readonly field: 'deadband'; readonly from: number; readonly to: number; readonly unit: string }
  | {
      readonly field: 'onDelaySeconds';
      readonly levels: readonly Level[];
      readonly from: number;
      readonly to: number;
    };

export const PROPOSAL_STATES = ['open', 'rehearsed', 'taken', 'rejected'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export const PROPOSAL_STATE_TEXT: Readonly<Record<ProposalState, string>> = {
  open: '待办',
  rehearsed: '已演算',
  taken: '已采纳',
  rejected: '不采纳',
};

/** Lists of alarms that are wrong in themselves: 抖动, 瞬时, 陈旧（常驻）. */
export const NUISANCES = ['chattering', 'fleeting', 'stale'] as const;
export type Nuisance = (typeof NUISANCES)[number];

export const NUISANCE_TEXT: Readonly<Record<Nuisance, string>> = {
  chattering: '抖动',
  fleeting: '瞬时',
  stale: '常驻',
};

/** In alarm for longer than this without a break is stale (ISA-18.2, EEMUA 191). */
export const STALE_MS = 24 * 3_600_000;
/** Raised at least so many times within so many seconds is chattering. */
export const CHATTER = { times: 3, seconds: 60 } as const;
/** Back within so many seconds is fleeting. */
export const FLEETING_SECONDS = 60;

/** Whether a figure keeps its target: 达标, 可承受 (EEMUA's manageable), 超标. */
export const FIGURE_VERDICTS = ['met', 'manageable', 'missed'] as const;
export type FigureVerdict = (typeof FIGURE_VERDICTS)[number];

export const FIGURE_VERDICT_TEXT: Readonly<Record<FigureVerdict, string>> = {
  met: '达标',
  manageable: '可承受',
  missed: '超标',
};
