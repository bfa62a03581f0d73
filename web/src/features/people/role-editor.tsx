import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { PERSON_ROLES, type Role, ROLE_TEXT } from '#model/platform';
import { Button, Input, Select } from 'antd';
import type { ReactElement } from 'react';

import { PlatformSelect } from './platform-select.tsx';
import { FORM_TEXT } from './text.ts';

/** A role in a form: nothing is chosen yet where a field is empty. */
export interface RoleRow {
  readonly key: number;
  readonly role: Role | '';
  readonly platform: string;
  readonly platformName?: string | undefined;
  /** `2026-12-31`, or nothing. */
  readonly validTo: string;
}

const OPTIONS = PERSON_ROLES.map((role) => ({ value: role, label: ROLE_TEXT[role] }));

interface RoleEditorProps {
  readonly rows: readonly RoleRow[];
  /** For a new row. */
  readonly home: string;
  readonly onChange: (rows: readonly RoleRow[]) => void;
}

/** The roles somebody should hold, one a line. */
export function RoleEditor({ rows, home, onChange }: RoleEditorProps): ReactElement {
  const change = (row: RoleRow): void => onChange(rows.map((other) => (other.key === row.key ? row : other)));
  const key = 1 + Math.max(0, ...rows.map((row) => row.key));
  return (
    <fieldset className="people-roles">
      <legend>{FORM_TEXT.roles}</legend>
      <p className="quiet">{FORM_TEXT.rolesHint}</p>
      {rows.map((row) => (
        <div key={row.key} className="people-role">
          <Select<Role | null>
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={FORM_TEXT.role}
            aria-label={FORM_TEXT.role}
            value={row.role === '' ? null : row.role}
            onChange={(role) => change({ ...row, role: role ?? '' })}
            options={OPTIONS}
            popupMatchSelectWidth={false}
          />
          <PlatformSelect
            label={FORM_TEXT.at}
            value={row.platform}
            valueName={row.platformName}
            onChange={(platform) => change({ ...row, platform })}
          />
          <Input
            type="date"
            aria-label={FORM_TEXT.validTo}
            title={FORM_TEXT.validTo}
            value={row.validTo}
            onChange={({ target }) => change({ ...row, validTo: target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={FORM_TEXT.removeRole}
            disabled={rows.length === 1}
            onClick={() => onChange(rows.filter((other) => other.key !== row.key))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => onChange([...rows, { key, role: '', platform: home, validTo: '' }])}
      >
        {FORM_TEXT.addRole}
      </Button>
    </fieldset>
  );
}
