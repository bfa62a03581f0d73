import './monitoring.css';

import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { useCan, useSession } from '../../app/session.ts';
import { moduleSides } from '../../app/standard-sections.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Devices } from './devices.tsx';
import { Gateways } from './gateways/gateways.tsx';
import { quarantineQuery } from './monitoring-queries.ts';
import { Points } from './points.tsx';
import { Quarantine } from './quarantine.tsx';
import { Sessions } from './sessions.tsx';
import { TEXT } from './text.ts';

/** 监测要素 · 运行: what is measured now, what sends it, what is not let in yet, and what is being replayed. */
export function MonitoringPage(): ReactElement {
  const session = useSession();
  const mayPoints = useCan('reading.read');
  const mayDevices = useCan('device.read');
  const maySessions = useCan('map.read');
  const { data: waiting } = useInfiniteQuery({ ...quarantineQuery, enabled: mayDevices });
  const count = waiting?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  const tabs = [
    mayPoints && { key: 'points', label: TEXT.tabs.points, children: <Points /> },
    mayDevices && { key: 'devices', label: TEXT.tabs.devices, children: <Devices /> },
    mayDevices && { key: 'gateways', label: TEXT.tabs.gateways, children: <Gateways /> },
    mayDevices && {
      key: 'quarantine',
      label: (
        <>
          {TEXT.tabs.quarantine} {count > 0 && <StateTag tone="waiting">{count} 台待登记</StateTag>}
        </>
      ),
      children: <Quarantine />,
    },
    maySessions && { key: 'sessions', label: TEXT.tabs.sessions, children: <Sessions /> },
  ];
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      <SectionTabs label={TEXT.title} sections={moduleSides(session, '/monitoring')} />
      <PageTabs items={tabs.filter((tab) => tab !== false)} destroyOnHidden />
    </>
  );
}
