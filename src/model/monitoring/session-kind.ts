/**
 * What plays in a session of its own, marked and kept out of live figures: a recording (回放), a self-test of the chain (自检), a
 * drill (演练).
 */
export const SESSION_KINDS = ['recording', 'self-test', 'drill'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];
