import type { Session } from '#contract/platform';
import type { Capability } from '#model/platform';

/** A page of 平台体系 beside the tree. */
export interface PlatformSection {
  readonly to: '/platforms';
  readonly text: string;
  readonly needs: Capability;
}

const SECTIONS: readonly PlatformSection[] = [{ to: '/platforms', text: '平台树', needs: 'platform.read' }];

/** The pages of 平台体系 that somebody may open, in their order. */
export function platformSections(session: Session): readonly PlatformSection[] {
  return SECTIONS.filter(({ needs }) => session.capabilities.includes(needs));
}
