import './people.css';

import type { ReactElement } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useCan, useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Accounts } from './accounts.tsx';
import { Delegations } from './delegations.tsx';
import { Reviews } from './reviews.tsx';
import { Teams } from './teams.tsx';
import { TEXT } from './text.ts';

/** 人员与角色: accounts, teams, who acts for whom, and the quarterly review. */
export function PeoplePage(): ReactElement {
  const session = useSession();
  const mayAccounts = useCan('account.read');
  const mayTeams = useCan('duty.read');
  const tabs = [
    mayAccounts && { key: 'accounts', label: TEXT.tabs.accounts, children: <Accounts /> },
    mayTeams && { key: 'teams', label: TEXT.tabs.teams, children: <Teams /> },
    { key: 'delegations', label: TEXT.tabs.delegations, children: <Delegations /> },
    mayAccounts && { key: 'reviews', label: TEXT.tabs.reviews, children: <Reviews /> },
  ];
  return (
    <div className="people">
      <PageHead title={TEXT.people} hint={TEXT.peopleHint} />
      <SectionTabs label={TEXT.module} sections={session ? platformSections(session) : []} />
      <PageTabs items={tabs.filter((tab) => tab !== false)} destroyOnHidden />
    </div>
  );
}
