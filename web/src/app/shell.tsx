import { Link, Outlet } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';

import { startEventStream, useConnection } from './event-stream.ts';
import { formatClock, formatDateTime } from './format.ts';
import { type Nav, type NavEntry, navOf } from './nav.ts';
import { NavIcon } from './nav-icon.tsx';
import { PhoneMore } from './phone-more.tsx';
import { useKeptSince } from './kept.ts';
import { useSession } from './session.ts';
import { useHandWork } from './use-hand-work.ts';
import { useShelfNotices } from './use-shelf-notices.ts';
import { UserMenu } from './user-menu.tsx';

// 应急响应 in force stand on every screen, and the screen waits for none of them.
const ActivationBar = lazy(async () => ({
  default: (await import('../features/activation/activation-bar.tsx')).ActivationBar,
}));
const DrillBar = lazy(async () => ({
  default: (await import('../features/drill/drill-bar.tsx')).DrillBar,
}));

/** Fetched after the page itself. */
const Bell = lazy(async () => ({
  default: (await import('../features/command/notification/bell.tsx')).Bell,
}));

/** The frame around every page: navigation at the side (desk) or below (phone), who is signed in, and the live line. */
export function Shell(): ReactElement {
  const client = useQueryClient();
  useEffect(() => startEventStream(client), [client]);
  useShelfNotices();
  const session = useSession();
  useHandWork(session);
  const nav = session && navOf(session);
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        跳到正文
      </a>
      <aside className="side">
        <Link to="/" className="brand">
          <Wordmark />
        </Link>
        {nav && <SideNav nav={nav} />}
        <div className="side-foot">
          <LiveLine />
          {session && <LazyBell />}
          {session && <UserMenu session={session} />}
        </div>
      </aside>
      <header className="phone-head">
        <Link to="/" className="brand">
          <Wordmark />
        </Link>
        <LiveLine />
        {session && <LazyBell />}
        {session && <UserMenu session={session} compact />}
      </header>
      <main id="main" className="main" tabIndex={-1}>
        <StaleBanner />
        <Suspense fallback={null}>
          <ActivationBar />
        </Suspense>
        {session?.capabilities.includes('work-order.read') && (
          <Suspense fallback={null}>
            <DrillBar />
          </Suspense>
        )}
        {session?.notices.map((notice) => (
          <Alert
            key={notice}
            type="warning"
            showIcon
            closable={{ 'aria-label': '关闭' }}
            className="notice"
            title={notice}
          />
        ))}
        <Outlet />
      </main>
      {nav && nav.main.length > 0 && <PhoneNav nav={nav} />}
    </div>
  );
}

function LazyBell(): ReactElement {
  return (
    <Suspense fallback={null}>
      <Bell />
    </Suspense>
  );
}

function Wordmark(): ReactElement {
  return (
    <>
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="currentColor" />
        <path
          d="M5 20c3.5 0 3.5-3 7-3s3.5 3 7 3 3.5-3 7-3"
          stroke="#fff"
          strokeWidth="2.6"
          fill="none"
          strokeLinecap="round"
        />
        <circle cx="16" cy="10" r="3" fill="#fff" />
      </svg>
      <span className="brand-words">
        浦安<small>城市安全监测预警</small>
      </span>
    </>
  );
}

function SideNav({ nav }: { readonly nav: Nav }): ReactElement {
  return (
    <nav className="side-nav" aria-label="主导航">
      <Entry entry={nav.home} />
      {nav.main.length > 0 && <hr />}
      {nav.main.map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
      {nav.more.length > 0 && <hr />}
      {nav.more.map((entry) => (
        <Entry key={entry.to} entry={entry} />
      ))}
    </nav>
  );
}

function Entry({ entry, short }: { readonly entry: NavEntry; readonly short?: boolean }): ReactElement {
  return (
    <Link
      to={entry.to}
      className="nav-entry"
      activeOptions={{ exact: entry.to === '/' }}
      activeProps={ACTIVE}
    >
      <NavIcon to={entry.to} />
      <span>{short ? entry.short : entry.text}</span>
    </Link>
  );
}

const ACTIVE = { className: 'nav-entry nav-entry-active', 'aria-current': 'page' } as const;
const ON_THE_BAR = 3;

function PhoneNav({ nav }: { readonly nav: Nav }): ReactElement {
  // What a duty officer on the move looks at comes first; the rest waits behind 更多.
  const wanted = ['/warnings', '/orders', '/map'];
  const few = nav.main.length <= ON_THE_BAR;
  const shown = nav.main.filter((entry) => few || wanted.includes(entry.to)).slice(0, ON_THE_BAR);
  const rest = [...nav.main.filter((entry) => !shown.includes(entry)), ...nav.more];
  return (
    <nav className="phone-nav" aria-label="主导航">
      <Entry entry={nav.home} short />
      {shown.map((entry) => (
        <Entry key={entry.to} entry={entry} short />
      ))}
      {rest.length > 0 && <PhoneMore entries={rest} />}
    </nav>
  );
}

/** Whether what is on screen is kept up to date. */
function LiveLine(): ReactElement {
  const connection = useConnection();
  const words = { live: '实时', connecting: '正在连接', stale: '已断开' } as const;
  return (
    <span className={`live-line live-line-${connection.kind}`} role="status">
      {words[connection.kind]}
    </span>
  );
}

function StaleBanner(): ReactElement | null {
  const connection = useConnection();
  const keptSince = useKeptSince();
  if (keptSince !== undefined) {
    return (
      <div className="stale-banner" role="alert">
        没有信号：数据截至 {formatDateTime(keptSince)}。操作先存在这台手机上，有信号后自动上传。
      </div>
    );
  }
  if (connection.kind !== 'stale') return null;
  return (
    <div className="stale-banner" role="alert">
      连接断开：数据停在 {formatClock(connection.since)}。正在重新连接，连上后自动更新。
    </div>
  );
}
