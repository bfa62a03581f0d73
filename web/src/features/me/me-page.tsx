import './me.css';

import type { Session } from '#contract/platform';
import type { ReactElement } from 'react';

import { useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { DevicePanel } from './device-panel.tsx';
import { FactorPanel } from './factor-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SessionPanel } from './session-panel.tsx';
import { TEXT } from './text.ts';
import { TokenPanel } from './token-panel.tsx';

/** 我的账号: who I am, how I sign in, and where I am signed in. */
export function MePage(): ReactElement {
  const session = useSession();
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      {session && (
        <div className="me">
          <Who session={session} />
          <PasswordPanel session={session} />
          <FactorPanel session={session} />
          <DevicePanel session={session} />
          <SessionPanel />
          {session.capabilities.includes('token.issue') && <TokenPanel />}
        </div>
      )}
    </>
  );
}

function Who({ session }: { readonly session: Session }): ReactElement {
  const { user, roles } = session;
  return (
    <section className="panel" aria-labelledby="me-who">
      <h2 id="me-who">{TEXT.who}</h2>
      <dl className="facts">
        <dt>{TEXT.name}</dt>
        <dd>{user.name}</dd>
        <dt>{TEXT.username}</dt>
        <dd>{user.username}</dd>
        <dt>{TEXT.roles}</dt>
        <dd>
          {roles.length === 0 ? (
            TEXT.noRoles
          ) : (
            <ul>
              {roles.map(({ role, roleName, platform, platformName, actingFor }) => (
                <li key={`${role}@${platform}@${actingFor ?? ''}`}>
                  {roleName}
                  <span className="quiet"> · {platformName}</span>
                  {actingFor !== null && <span className="origin-tag">{TEXT.actingFor(actingFor)}</span>}
                </li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
    </section>
  );
}
