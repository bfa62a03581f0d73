import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactElement, Suspense } from 'react';

import { useSession } from '../../app/session.ts';
import { moduleSides } from '../../app/standard-sections.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { Loading } from '../../ui/states.tsx';
import type { TabKey } from './search.ts';
import { TEXT } from './text.ts';
import { WARNING_TABS, type WarningTab } from './warning-tabs.ts';
import './warning.css';

/** 预警体征 · 运行: what stands, what waits for a person, what is held back, what follows, and how well alarms do. */
export function WarningsPage(): ReactElement {
  const session = useSession();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/desk/warnings' });
  const tabs = WARNING_TABS.filter(({ needs }) => session?.capabilities.includes(needs));
  const current = tabs.find(({ key }) => key === tab) ?? tabs[0];
  // Each tab has filters of its own: none goes along.
  const go = (key: TabKey | undefined): void =>
    void navigate({ to: '/warnings', search: key && key !== 'open' ? { tab: key } : {} });
  return (
    <>
      <PageHead
        title={TEXT.title}
        hint={TEXT.hint}
        extra={
          current?.key === 'open' && (
            <span className="quiet hide-phone">
              <kbd>j</kbd> <kbd>k</kbd> {TEXT.keys} · <kbd>Enter</kbd> {TEXT.openKey}
            </span>
          )
        }
      />
      <SectionTabs label={TEXT.title} sections={moduleSides(session, '/warnings')} />
      {tabs.length === 1 && current ? (
        <TabBody tab={current} />
      ) : (
        <PageTabs
          activeKey={current?.key ?? 'open'}
          onChange={(key) => go(tabs.find((one) => one.key === key)?.key)}
          items={tabs.map((one) => ({
            key: one.key,
            label: <TabLabel tab={one} />,
            children: <TabBody tab={one} />,
          }))}
          destroyOnHidden
        />
      )}
    </>
  );
}

function TabLabel({ tab: { label, Waiting } }: { readonly tab: WarningTab }): ReactElement {
  return (
    <>
      {label} {Waiting && <Waiting />}
    </>
  );
}

function TabBody({ tab: { Body } }: { readonly tab: WarningTab }): ReactElement {
  return (
    <Suspense fallback={<Loading rows={10} />}>
      <Body />
    </Suspense>
  );
}
