import './people.css';

import type { ReactElement } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useCan, useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { BulkForm } from './bulk-form.tsx';
import { OpenForm } from './open-form.tsx';
import { RequestList } from './request-list.tsx';
import { TEXT } from './text.ts';

/** 账号申请: what waits for a decision, and the forms to ask. */
export function RequestsPage(): ReactElement {
  const session = useSession();
  const mayRequest = useCan('account.request');
  const tabs = [
    { key: 'list', label: TEXT.tabs.list, children: <RequestList /> },
    mayRequest && { key: 'open', label: TEXT.tabs.open, children: <OpenForm /> },
    mayRequest && { key: 'bulk', label: TEXT.tabs.bulk, children: <BulkForm /> },
  ];
  return (
    <div className="people">
      <PageHead title={TEXT.requests} hint={TEXT.requestsHint} />
      <SectionTabs label={TEXT.module} sections={session ? platformSections(session) : []} />
      <PageTabs items={tabs.filter((tab) => tab !== false)} />
    </div>
  );
}
