import type { Session } from '#contract/platform';

/** The pages of the business standard, in the order in which it is read: what is measured, judged, done. */
export const STANDARD_SECTIONS = [
  { to: '/standard', text: '监测要素' },
  { to: '/standard/signs', text: '预警体征' },
  { to: '/standard/parameters', text: '对象参数' },
  { to: '/standard/handbooks', text: '指挥手册' },
  { to: '/standard/own-limits', text: '对象限值' },
  { to: '/standard/coverage', text: '覆盖' },
  { to: '/standard/ledger', text: '底数台账' },
  { to: '/standard/switched-off', text: '停用体征' },
  { to: '/standard/versions', text: '版本' },
  { to: '/standard/drafts', text: '草案' },
  { to: '/standard/bases', text: '依据变更' },
] as const;

export type StandardPath = (typeof STANDARD_SECTIONS)[number]['to'];

interface Side {
  readonly to: '/monitoring' | '/warnings' | StandardPath;
  readonly text: string;
}

/** The two sides of a module: what runs, and the standard it runs by. One alone where the standard may not be read. */
export function moduleSides(
  session: Session | undefined,
  module: '/monitoring' | '/warnings',
): readonly Side[] {
  const runs: Side = { to: module, text: '运行' };
  if (!session?.capabilities.includes('standard.read')) return [runs];
  return [runs, { to: module === '/monitoring' ? '/standard' : '/standard/signs', text: '标准' }];
}
