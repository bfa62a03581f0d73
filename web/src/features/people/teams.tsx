import { deputyRoutes, type Team } from '#contract/platform';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Modal, Popconfirm } from 'antd';
import { type ReactElement, useDeferredValue, useState } from 'react';

import { call } from '../../app/call.ts';
import { useCan } from '../../app/session.ts';
import { Failure } from '../../ui/states.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { PeopleList } from './people-list.tsx';
import { teamsQuery, useChange } from './queries.ts';
import { TeamForm } from './team-form.tsx';
import { TEAM_TEXT, TEXT } from './text.ts';

/** 班组: who belongs together, and what they hold together. */
export function Teams(): ReactElement {
  const [text, setText] = useState('');
  const [edited, setEdited] = useState<Team | 'new'>();
  const mayOpen = useCan('roster.manage');
  const query = useInfiniteQuery(teamsQuery(useDeferredValue(text.trim())));
  return (
    <>
      <div className="filters">
        <Input.Search
          className="people-search"
          allowClear
          maxLength={50}
          value={text}
          placeholder={TEAM_TEXT.search}
          aria-label={TEAM_TEXT.search}
          onChange={({ target }) => setText(target.value)}
        />
        {mayOpen && (
          <Button type="primary" onClick={() => setEdited('new')}>
            {TEAM_TEXT.open}
          </Button>
        )}
      </div>
      <PeopleList query={query} empty={{ title: TEAM_TEXT.none, hint: TEAM_TEXT.noneHint }}>
        {(items) => (
          <ul className="people-requests">
            {items.map((team) => (
              <TeamCard key={team.id} team={team} onChange={() => setEdited(team)} />
            ))}
          </ul>
        )}
      </PeopleList>
      <Modal
        open={edited !== undefined}
        title={edited === 'new' ? TEAM_TEXT.open : TEAM_TEXT.change}
        footer={null}
        destroyOnHidden
        width="min(640px, 100vw)"
        onCancel={() => setEdited(undefined)}
      >
        {edited !== undefined && (
          <TeamForm team={edited === 'new' ? undefined : edited} onDone={() => setEdited(undefined)} />
        )}
      </Modal>
    </>
  );
}

function TeamCard({ team, onChange }: { readonly team: Team; readonly onChange: () => void }): ReactElement {
  const disbanding = useChange(() =>
    call(deputyRoutes.changeTeam, {
      params: { id: team.id },
      body: { name: team.name, unit: team.unit, note: team.note, members: [], roles: [], disbanded: true },
    }),
  );
  return (
    <li className="panel people-request">
      <header>
        <h3>
          {team.name} <span className="quiet">{team.code}</span>
        </h3>
        <StateTag tone="quiet">{team.platform.name}</StateTag>
        {team.roles.map((held) => (
          <StateTag key={`${held.role} ${held.platform}`} tone="active">
            {held.platformName} {held.roleName}
          </StateTag>
        ))}
      </header>
      <p>
        {team.members.length === 0
          ? TEAM_TEXT.noMembers
          : team.members
              .map(({ name, leader }) => (leader ? `${name}（${TEAM_TEXT.leader}）` : name))
              .join('、')}
      </p>
      <p className="quiet">
        {[team.unit, team.phone, team.note].filter((part) => part !== null).join(' · ')}
      </p>
      {disbanding.error && <Failure error={disbanding.error} />}
      {team.allowedActions.length > 0 && (
        <div className="people-acts">
          <Button onClick={onChange}>{TEAM_TEXT.change}</Button>
          <Popconfirm
            title={TEAM_TEXT.disbandSure}
            okText={TEAM_TEXT.disband}
            cancelText={TEXT.cancel}
            onConfirm={() => disbanding.mutate(undefined)}
          >
            <Button danger loading={disbanding.isPending}>
              {TEAM_TEXT.disband}
            </Button>
          </Popconfirm>
        </div>
      )}
    </li>
  );
}
