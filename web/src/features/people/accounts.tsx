import type { Account } from '#contract/platform';
import { ACCOUNT_STATES, type AccountState, PERSON_ROLES, type Role, ROLE_TEXT } from '#model/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactElement, useCallback, useDeferredValue, useState } from 'react';

import { Choice } from '../../ui/choice.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { PeopleList } from './people-list.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { accountsQuery } from './queries.ts';
import { ACCOUNT_TEXT, STATE_TONE, TEXT } from './text.ts';
import { RowsTable } from '../../ui/rows-table.tsx';

/** Everybody in scope; a row opens the person. */
export function Accounts(): ReactElement {
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>();
  const [state, setState] = useState<AccountState>();
  const [platform, setPlatform] = useState('');
  const [opened, setOpened] = useState<number>();
  const search = useDeferredValue(text.trim());
  const query = useInfiniteQuery(
    accountsQuery({
      search: search || undefined,
      role,
      state,
      platform: platform || undefined,
    }),
  );
  return (
    <>
      <div className="filters">
        <Input.Search
          className="people-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={ACCOUNT_TEXT.search}
          aria-label={ACCOUNT_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        <PlatformSelect
          label={ACCOUNT_TEXT.platform}
          placeholder={ACCOUNT_TEXT.allPlatforms}
          value={platform}
          onChange={setPlatform}
        />
        <Choice
          label={ACCOUNT_TEXT.role}
          values={PERSON_ROLES}
          textOf={(one) => ROLE_TEXT[one]}
          value={role}
          onChange={setRole}
        />
        <Choice
          label={ACCOUNT_TEXT.state}
          values={ACCOUNT_STATES}
          textOf={(one) => ACCOUNT_TEXT.states[one]}
          value={state}
          onChange={setState}
        />
      </div>
      <PeopleList query={query} empty={{ title: ACCOUNT_TEXT.noneTitle, hint: ACCOUNT_TEXT.noneHint }}>
        {(items) => <AccountTable accounts={items} onOpen={setOpened} />}
      </PeopleList>
      <AccountDrawer id={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

function AccountTable({
  accounts,
  onOpen,
}: {
  readonly accounts: readonly Account[];
  readonly onOpen: (id: number) => void;
}): ReactElement {
  const open = useCallback((id: number) => onOpen(id), [onOpen]);
  const current = useRowKeys(
    accounts.map(({ id }) => id),
    open,
  );
  return (
    <div className="rows-frame">
      <RowsTable columns={ACCOUNT_TEXT.columns}>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} isCurrent={account.id === current} onOpen={open} />
        ))}
      </RowsTable>
    </div>
  );
}

function AccountRow({
  account,
  isCurrent,
  onOpen,
}: {
  readonly account: Account;
  readonly isCurrent: boolean;
  readonly onOpen: (id: number) => void;
}): ReactElement {
  const [, unit, roles, phone, signedIn, state] = ACCOUNT_TEXT.columns;
  return (
    <tr data-row={account.id} data-current={isCurrent}>
      <td>
        <button type="button" className="people-name" onClick={() => onOpen(account.id)}>
          {account.name}
        </button>
        <div className="quiet">{account.username}</div>
      </td>
      <td data-label={unit}>
        {[account.unit, account.title].filter((part) => part !== null).join(' · ') || TEXT.none}
      </td>
      <td data-label={roles}>
        {account.roles.length === 0 ? (
          <span className="quiet">{ACCOUNT_TEXT.noRole}</span>
        ) : (
          <ul>
            {account.roles.map((held) => (
              <li key={`${held.role} ${held.platform} ${held.team ?? ''}`}>
                {held.platformName} {held.roleName}
                {held.team !== null && <span className="quiet">（{held.team}）</span>}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td data-label={phone} className="nowrap figures">
        {account.phone ?? TEXT.none}
      </td>
      <td data-label={signedIn} className="nowrap">
        {account.lastSignInAt === null ? (
          <span className="quiet">{TEXT.never}</span>
        ) : (
          <TimeText at={account.lastSignInAt} />
        )}
      </td>
      <td data-label={state}>
        <StateTag tone={STATE_TONE[account.state]}>{ACCOUNT_TEXT.states[account.state]}</StateTag>
      </td>
    </tr>
  );
}
