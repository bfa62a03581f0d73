import './command.css';

import type { ReactElement, ReactNode } from 'react';

import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { COMMAND_SECTIONS } from './command-sections.ts';
import { TEXT } from './text.ts';

interface FrameProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** A page of 指挥体系 under its title and beside its neighbours. */
export function Frame({ title, hint, extra, children }: FrameProps): ReactElement {
  return (
    <div className="command">
      <PageHead title={title} hint={hint} extra={extra} />
      <SectionTabs label={TEXT.module} sections={COMMAND_SECTIONS} />
      {children}
    </div>
  );
}
