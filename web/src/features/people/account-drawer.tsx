import type { AccountAction, AccountDetail } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { type ReactElement, useState } from 'react';

import { formatDate, formatDateTime } from '../../app/format.ts';
import { Resource } from '../../ui/states.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { AccountActs } from './account-acts.tsx';
import { DelegationLine } from './delegation-line.tsx';
import { accountQuery } from './queries.ts';
import { RequestCard } from './request-card.tsx';
import { ACCOUNT_TEXT, ACTION_TEXT, STATE_TONE, TEXT } from './text.ts';

interface AccountDrawerProps {
  readonly id: number | undefined;
  readonly onClose: () => void;
}

/** One person: what there is to know, and what the caller may do. */
export function AccountDrawer({ id, onClose }: AccountDrawerProps): ReactElement {
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size="min(720px, 100vw)"
      title={TEXT.people}
      destroyOnHidden
      rootClassName="people-drawer"
    >
      {id !== undefined && <Person key={id} id={id} />}
    </Drawer>
  );
}

function Person({ id }: { readonly id: number }): ReactElement {
  const query = useQuery(accountQuery(id));
  const [act, setAct] = useState<AccountAction>();
  const [phone, setPhone] = useState<string>();
  return (
    <Resource query={query}>
      {(account) => (
        <div className="people-person">
          <header>
            <h2>{account.name}</h2>
            <StateTag tone={STATE_TONE[account.state]}>{ACCOUNT_TEXT.states[account.state]}</StateTag>
            {account.external && <StateTag tone="quiet">{ACCOUNT_TEXT.external}</StateTag>}
          </header>
          <div className="people-acts">
            {account.allowedActions.map((action) => (
              <Button key={action} danger={action === 'disable'} onClick={() => setAct(action)}>
                {ACTION_TEXT[action]}
              </Button>
            ))}
          </div>
          <Facts account={account} phone={phone} />
          <Held account={account} />
          {act !== undefined && (
            <AccountActs
              account={account}
              action={act}
              onPhone={setPhone}
              onClose={() => setAct(undefined)}
            />
          )}
        </div>
      )}
    </Resource>
  );
}

const FACTS = ACCOUNT_TEXT.drawer;

function Facts({
  account,
  phone,
}: {
  readonly account: AccountDetail;
  readonly phone: string | undefined;
}): ReactElement {
  const day = (at: number | null, otherwise: string): string => (at === null ? otherwise : formatDate(at));
  const facts: readonly (readonly [string, string | null])[] = [
    [FACTS.username, account.username],
    [FACTS.unit, account.unit],
    [FACTS.title, account.title],
    [FACTS.phone, phone ?? account.phone],
    [FACTS.home, account.platform?.name ?? null],
    [FACTS.created, formatDate(account.createdAt)],
    [FACTS.signedIn, account.lastSignInAt === null ? TEXT.never : formatDateTime(account.lastSignInAt)],
    [FACTS.expires, day(account.expiresAt, FACTS.noEnd)],
    [FACTS.sessions, String(account.sessions)],
    ...(account.disabledAt === null
      ? []
      : [[FACTS.disabled, `${formatDate(account.disabledAt)} ${account.disabledReason ?? ''}`] as const]),
    ...(account.state === 'locked' && account.lockedUntil !== null
      ? [[FACTS.locked, formatDateTime(account.lockedUntil)] as const]
      : []),
  ];
  return (
    <dl className="facts panel">
      {facts.map(([label, value]) => (
        <div key={label} className="people-fact">
          <dt>{label}</dt>
          <dd className="figures">{value ?? TEXT.none}</dd>
        </div>
      ))}
    </dl>
  );
}

function Held({ account }: { readonly account: AccountDetail }): ReactElement {
  return (
    <>
      <section>
        <h3>{FACTS.roles}</h3>
        {account.roles.length === 0 && <p className="quiet">{ACCOUNT_TEXT.noRole}</p>}
        <ul className="people-held">
          {account.roles.map((held) => (
            <li key={`${held.role} ${held.platform} ${held.team ?? ''}`}>
              <strong>{held.roleName}</strong> {held.platformName}
              <span className="quiet">
                {held.validTo !== null && ` ${ACCOUNT_TEXT.until} ${formatDate(held.validTo)}`}
                {held.team !== null && ` ${ACCOUNT_TEXT.byTeam}“${held.team}”`}
                {held.source === 'oidc' && ` ${ACCOUNT_TEXT.byProvider}`}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {account.teams.length > 0 && (
        <section>
          <h3>{FACTS.teams}</h3>
          <ul className="people-held">
            {account.teams.map((team) => (
              <li key={team.id}>
                {team.name} {team.leader && <StateTag tone="quiet">{FACTS.leader}</StateTag>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {account.delegations.length > 0 && (
        <section>
          <h3>{FACTS.delegations}</h3>
          <ul className="people-held">
            {account.delegations.map((one) => (
              <DelegationLine key={one.id} delegation={one} />
            ))}
          </ul>
        </section>
      )}
      {account.requests.length > 0 && (
        <section>
          <h3>{FACTS.requests}</h3>
          <ul className="people-requests">
            {account.requests.map((request) => (
              <RequestCard key={request.id} request={request} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
