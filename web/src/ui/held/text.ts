import type { HeldState } from '#model/warning';

/** How something is held, by whom, until when; null: no end is known. */
export const HELD_TEXT: Readonly<Record<HeldState, (who: string, until: string | null) => string>> = {
  shelved: (who, until) => `${who}搁置到 ${until ?? '另行结束'}`,
  'suppressed-by-design': () => '按设计抑制',
  'out-of-service': (who, until) => (until === null ? `停用，${who}负责` : `停用到 ${until}，${who}负责`),
};
