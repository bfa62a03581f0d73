import './platform.css';

import type { ReactElement, ReactNode } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';

const MODULE = '平台体系';

interface FrameProps {
  readonly title: string;
  readonly hint: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** A list page of 平台体系: its head, the tabs of the module, and what it shows. */
export function Frame({ title, hint, extra, children }: FrameProps): ReactElement {
  const session = useSession();
  return (
    <>
      <PageHead title={title} hint={hint} extra={extra} />
      <SectionTabs label={MODULE} sections={session ? platformSections(session) : []} />
      {children}
    </>
  );
}
