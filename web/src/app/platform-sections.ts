import type { Session } from '#contract/platform';
import type { Capability } from '#model/platform';

export type PlatformPath =
  | '/platforms'
  | '/platforms/responsibility'
  | '/platforms/units'
  | '/platforms/people'
  | '/platforms/requests'
  | '/platforms/identity'
  | '/platforms/audit'
  | '/platforms/objects';

/** A page of 平台体系 beside the tree. */
export interface PlatformSection {
  readonly to: PlatformPath;
  readonly text: string;
  readonly needs: Capability;
}

const SECTIONS: readonly PlatformSection[] = [
  { to: '/platforms', text: '平台树', needs: 'platform.read' },
  { to: '/platforms/responsibility', text: '责任落实', needs: 'platform.read' },
  { to: '/platforms/units', text: '责任单位', needs: 'platform.read' },
  { to: '/platforms/objects', text: '监测对象', needs: 'object.read' },
  { to: '/platforms/people', text: '人员与角色', needs: 'account.read' },
  { to: '/platforms/requests', text: '账号申请', needs: 'account.read' },
  { to: '/platforms/identity', text: '统一身份', needs: 'identity.manage' },
  { to: '/platforms/audit', text: '审计', needs: 'audit.read' },
];

/** The pages of 平台体系 that somebody may open, in their order. */
export function platformSections(session: Session): readonly PlatformSection[] {
  return SECTIONS.filter(({ needs }) => session.capabilities.includes(needs));
}
