/** 疑似事件: what a camera has recognised or people have reported, until somebody has looked. */
export const SUSPECTED_STATES = ['suspected', 'confirmed', 'rejected'] as const;
export type SuspectedState = (typeof SUSPECTED_STATES)[number];

export const SUSPECTED_STATE_TEXT: Readonly<Record<SuspectedState, string>> = {
  suspected: '待核实',
  confirmed: '属实',
  rejected: '不属实',
};

export const SUSPECTED_ORIGINS = ['video', 'social'] as const;
/** So many pictures a report of people may show. */
export const REPORT_PICTURES_MOST = 3;
export type SuspectedOrigin = (typeof SUSPECTED_ORIGINS)[number];
