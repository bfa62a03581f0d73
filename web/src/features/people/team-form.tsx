import { deputyRoutes, type Team } from '#contract/platform';
import { FIELD_ROLES, type Role, ROLE_TEXT } from '#model/platform';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactElement, useDeferredValue, useId, useState } from 'react';

import { call } from '../../app/call.ts';
import { Failure } from '../../ui/states.tsx';
import { Field } from './field.tsx';
import { PlatformSelect } from './platform-select.tsx';
import { personChoiceQuery, type TeamBody, useChange } from './queries.ts';
import { TEAM_TEXT } from './text.ts';

interface Form {
  readonly code: string;
  readonly name: string;
  readonly platform: string;
  readonly unit: string;
  readonly phone: string;
  readonly note: string;
  readonly members: readonly string[];
  readonly leader: string;
  readonly role: Role;
}

const BLANK: Form = {
  code: '',
  name: '',
  platform: '',
  unit: '',
  phone: '',
  note: '',
  members: [],
  leader: '',
  role: 'handler',
};

function startForm(team: Team | undefined): Form {
  if (team === undefined) return BLANK;
  return {
    code: team.code,
    name: team.name,
    platform: team.platform.code,
    unit: team.unit ?? '',
    phone: '',
    note: team.note ?? '',
    members: team.members.map(({ username }) => username),
    leader: team.members.find(({ leader }) => leader)?.username ?? '',
    role: team.roles[0]?.role ?? 'handler',
  };
}

/** Sets a team up, or changes one. */
export function TeamForm({
  team,
  onDone,
}: {
  readonly team: Team | undefined;
  readonly onDone: () => void;
}): ReactElement {
  const id = useId();
  const [form, setForm] = useState(() => startForm(team));
  const saving = useChange((one: Form) => save(one, team));
  const change = (part: Partial<Form>): void => setForm({ ...form, ...part });
  const ready =
    form.name.trim() !== '' && form.platform !== '' && (team !== undefined || form.code.trim() !== '');
  const texts = [
    ...(team === undefined ? ([['code', TEAM_TEXT.code, 40]] as const) : []),
    ['name', TEAM_TEXT.name, 50],
    ['unit', TEAM_TEXT.unit, 200],
    ['phone', TEAM_TEXT.phone, 20],
    ['note', TEAM_TEXT.note, 200],
  ] as const;
  return (
    <form
      className="people-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) saving.mutate(form, { onSuccess: onDone });
      }}
    >
      {texts.map(([field, label, longest]) => (
        <Field key={field} id={`${id}-${field}`} label={label}>
          <Input
            id={`${id}-${field}`}
            maxLength={longest}
            value={form[field]}
            placeholder={field === 'phone' ? (team?.phone ?? '') : ''}
            onChange={({ target }) => change({ [field]: target.value })}
          />
        </Field>
      ))}
      {team === undefined && (
        <Field id={`${id}-platform`} label={TEAM_TEXT.platform}>
          <PlatformSelect
            id={`${id}-platform`}
            label={TEAM_TEXT.platform}
            value={form.platform}
            onChange={(platform) => change({ platform })}
          />
        </Field>
      )}
      <Field id={`${id}-role`} label={TEAM_TEXT.role}>
        <Select<Role>
          id={`${id}-role`}
          value={form.role}
          onChange={(role) => change({ role })}
          options={FIELD_ROLES.map((role) => ({ value: role, label: ROLE_TEXT[role] }))}
        />
      </Field>
      <Field id={`${id}-members`} label={TEAM_TEXT.members}>
        <MemberSelect id={`${id}-members`} team={team} form={form} onChange={change} />
      </Field>
      <Field id={`${id}-leader`} label={TEAM_TEXT.leader}>
        <Select<string | null>
          id={`${id}-leader`}
          allowClear
          placeholder={TEAM_TEXT.noLeader}
          value={form.leader === '' ? null : form.leader}
          onChange={(leader) => change({ leader: leader ?? '' })}
          options={form.members.map((username) => ({
            value: username,
            label: team?.members.find((one) => one.username === username)?.name ?? username,
          }))}
        />
      </Field>
      {saving.error && <Failure error={saving.error} />}
      <Button type="primary" size="large" htmlType="submit" loading={saving.isPending} disabled={!ready}>
        {TEAM_TEXT.save}
      </Button>
    </form>
  );
}

interface MemberSelectProps {
  readonly id: string;
  readonly team: Team | undefined;
  readonly form: Form;
  readonly onChange: (part: Partial<Form>) => void;
}

/** Members by user name: chosen from those one may see, or typed with Enter. */
function MemberSelect({ id, team, form, onChange }: MemberSelectProps): ReactElement {
  const [text, setText] = useState('');
  const found = useQuery(personChoiceQuery(useDeferredValue(text.trim()), true));
  const held = (team?.members ?? []).map(({ username, name }) => ({ username, name }));
  const people = [...held, ...(found.data?.items ?? [])];
  const options = [...new Map(people.map((one) => [one.username, one])).values()].map(
    ({ username, name }) => ({
      value: username,
      label: `${name}（${username}）`,
    }),
  );
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={TEAM_TEXT.membersHint}
      value={[...form.members]}
      onChange={(members) => onChange({ members, leader: members.includes(form.leader) ? form.leader : '' })}
      options={options}
    />
  );
}

/** A change keeps the roles a team has beside its first one. */
function save(form: Form, team: Team | undefined) {
  const others = (team?.roles ?? []).slice(1).map(({ role, platform }) => ({ role, platform }));
  const at = team?.roles[0]?.platform ?? form.platform;
  const body = {
    name: form.name.trim(),
    unit: form.unit.trim() || null,
    note: form.note.trim() || null,
    members: form.members.map((username) => ({ username, leader: username === form.leader })),
    roles: [{ role: form.role, platform: at }, ...others] as TeamBody['roles'],
    ...(form.phone.trim() === '' ? {} : { phone: form.phone.trim() }),
  };
  return team === undefined
    ? call(deputyRoutes.openTeam, { body: { ...body, code: form.code.trim(), platform: form.platform } })
    : call(deputyRoutes.changeTeam, { params: { id: team.id }, body });
}
