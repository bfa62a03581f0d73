import type { Session } from '#contract/platform';
import type { Capability, Role } from '#model/platform';

export type NavPath =
  | '/'
  | '/todo'
  | '/monitoring'
  | '/warnings'
  | '/orders'
  | '/command'
  | '/map'
  | '/platforms'
  | '/report'
  | '/operations';

export interface NavEntry {
  readonly to: NavPath;
  readonly text: string;
  /** On the phone's tab bar, where four characters fit. */
  readonly short: string;
}

interface Module extends NavEntry {
  readonly needs: Capability;
}

/** The district's modules in its own words and order, as far as they are built. */
const MODULES: readonly Module[] = [
  { to: '/monitoring', text: '监测要素', short: '监测要素', needs: 'reading.read' },
  { to: '/warnings', text: '预警体征', short: '预警体征', needs: 'warning.read' },
  { to: '/orders', text: '闭环处置全流程', short: '闭环处置', needs: 'work-order.read' },
  { to: '/command', text: '指挥体系', short: '指挥体系', needs: 'duty.read' },
  { to: '/map', text: '风险一张图', short: '一张图', needs: 'map.read' },
  { to: '/platforms', text: '平台体系', short: '平台体系', needs: 'platform.read' },
  { to: '/report', text: '运营报告', short: '运营报告', needs: 'report.read' },
  { to: '/operations', text: '技术保障', short: '技术保障', needs: 'fault.read' },
];

/** What makes room first where there are more than five: a technical role keeps the tree and the faults, all others the duty. */
const TECHNICAL: readonly Role[] = ['tech-owner', 'tech-admin', 'system-admin'];
const AT_MOST = 5;

export interface Nav {
  readonly home: NavEntry;
  readonly main: readonly NavEntry[];
  readonly more: readonly NavEntry[];
}

const DUTY: NavEntry = { to: '/', text: '值守台', short: '值守台' };
const TODO: NavEntry = { to: '/todo', text: '我的待办', short: '我的待办' };

/** A home and at most five entries beside it; a handler has only 我的待办, the separated administrators (三员) beside it the tree. */
export function navOf(session: Session): Nav {
  if (session.home === 'todo') {
    const administers = session.capabilities.includes('account.read');
    return { home: TODO, main: administers ? MODULES.filter(({ to }) => to === '/platforms') : [], more: [] };
  }
  const open = MODULES.filter((entry) => session.capabilities.includes(entry.needs));
  const technical = session.roles.some(({ role }) => TECHNICAL.includes(role));
  const yielding: readonly NavPath[] = technical
    ? ['/report', '/command', '/orders']
    : ['/operations', '/platforms', '/report'];
  const away = yielding
    .filter((to) => open.some((entry) => entry.to === to))
    .slice(0, Math.max(0, open.length - AT_MOST));
  const main = open.filter(({ to }) => !away.includes(to));
  const more = open.filter((entry) => !main.includes(entry));
  const canAct = session.capabilities.includes('work-order.read');
  return { home: DUTY, main, more: canAct ? [TODO, ...more] : more };
}
