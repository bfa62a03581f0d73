import './monitoring.css';

import type { Capability } from '#model/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';

import { useCan, useSession } from '../../app/session.ts';
import { moduleSides } from '../../app/standard-sections.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Loading } from '../../ui/states.tsx';
import { BackFill } from './back-fill/back-fill.tsx';
import { Devices } from './devices.tsx';
import { eventsQuery } from './events/event-queries.ts';
import { Events } from './events/events.tsx';
import { FrameTest } from './frame-test/frame-test.tsx';
import { Gateways } from './gateways/gateways.tsx';
import { quarantineQuery } from './monitoring-queries.ts';
import { Points } from './points.tsx';
import { Quality } from './quality/quality.tsx';
import { Repair } from './quality/repair.tsx';
import { Quarantine } from './quarantine.tsx';
import { Retention } from './retention/retention.tsx';
import { Sessions } from './sessions.tsx';
import { Sources } from './intake/sources.tsx';
import { Sharing } from './sharing/sharing.tsx';
import { TEXT } from './text.ts';

/** Brings the map along, which nobody else here needs. */
const Blind = lazy(async () => ({ default: (await import('./blind/blind.tsx')).Blind }));

const WAITING = { state: 'suspected', origin: undefined, search: '' } as const;

/** 监测要素 · 运行: what is measured now, what sends it, what is not let in yet, and what is being replayed. */
export function MonitoringPage(): ReactElement {
  const session = useSession();
  const mayEvents = useCan('event.read');
  const mayDevices = useCan('device.read');
  const { data: waiting } = useInfiniteQuery({ ...quarantineQuery, enabled: mayDevices });
  const count = waiting?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  const { data: events } = useInfiniteQuery({ ...eventsQuery(WAITING), enabled: mayEvents });
  const suspected = events?.pages[0]?.waiting ?? 0;
  const tabs: readonly Tab[] = [
    { needs: 'reading.read', key: 'points', label: TEXT.tabs.points, children: <Points /> },
    { needs: 'reading.read', key: 'quality', label: TEXT.tabs.quality, children: <Quality /> },
    { needs: 'reading.read', key: 'blind', label: TEXT.tabs.blind, children: <BlindTab /> },
    { needs: 'reading.read', key: 'repair', label: TEXT.tabs.repair, children: <Repair /> },
    {
      needs: 'event.read',
      key: 'events',
      label: <Waiting name={TEXT.tabs.events} text={suspected > 0 && `${suspected} 件待核实`} />,
      children: <Events />,
    },
    { needs: 'device.read', key: 'devices', label: TEXT.tabs.devices, children: <Devices /> },
    { needs: 'device.read', key: 'gateways', label: TEXT.tabs.gateways, children: <Gateways /> },
    { needs: 'device.read', key: 'frame-test', label: TEXT.tabs.frameTest, children: <FrameTest /> },
    { needs: 'device.read', key: 'sources', label: TEXT.tabs.sources, children: <Sources /> },
    {
      needs: 'device.read',
      key: 'quarantine',
      label: <Waiting name={TEXT.tabs.quarantine} text={count > 0 && `${count} 台待登记`} />,
      children: <Quarantine />,
    },
    { needs: 'reading.back-fill', key: 'back-fill', label: TEXT.tabs.backFill, children: <BackFill /> },
    { needs: 'map.read', key: 'sessions', label: TEXT.tabs.sessions, children: <Sessions /> },
    { needs: 'reading.read', key: 'sharing', label: TEXT.tabs.sharing, children: <Sharing /> },
    { needs: 'reading.read', key: 'retention', label: TEXT.tabs.retention, children: <Retention /> },
  ];
  const open = tabs.filter(({ needs }) => session?.capabilities.includes(needs));
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      <SectionTabs label={TEXT.title} sections={moduleSides(session, '/monitoring')} />
      <PageTabs items={open.map(({ key, label, children }) => ({ key, label, children }))} destroyOnHidden />
    </>
  );
}

function BlindTab(): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <Blind />
    </Suspense>
  );
}

interface Tab {
  readonly needs: Capability;
  readonly key: string;
  readonly label: ReactNode;
  readonly children: ReactNode;
}

/** The name of a tab, and how much there waits for a person. */
function Waiting({ name, text }: { readonly name: string; readonly text: string | false }): ReactElement {
  return (
    <>
      {name} {text !== false && <StateTag tone="waiting">{text}</StateTag>}
    </>
  );
}
