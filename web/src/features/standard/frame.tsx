import './standard.css';

import type { ReactElement, ReactNode } from 'react';

import { STANDARD_SECTIONS } from '../../app/standard-sections.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { TEXT } from './text.ts';

interface FrameProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly tags?: ReactNode;
  readonly extra?: ReactNode;
  /** Goes along to the neighbours. */
  readonly scenario?: string | undefined;
  readonly children: ReactNode;
}

/** A page of the business standard under its title and beside its neighbours. */
export function Frame({ title, hint, tags, extra, scenario, children }: FrameProps): ReactElement {
  return (
    <div className="standard">
      <PageHead title={title} hint={hint} tags={tags} extra={extra} />
      <SectionTabs
        label={TEXT.module}
        sections={STANDARD_SECTIONS}
        search={scenario === undefined ? undefined : { scenario }}
      />
      {children}
    </div>
  );
}
