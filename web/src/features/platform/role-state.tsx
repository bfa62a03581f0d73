import { CheckCircleFilled, CloseCircleOutlined } from '@ant-design/icons';
import type { Responsibility } from '#contract/platform';
import type { ReactElement } from 'react';

type Role = Responsibility['roles'][number];

export const STATE_TEXT: Readonly<Record<Role['state'], string>> = {
  named: '已落实',
  vacant: '空缺',
  left: '已离岗',
};

/** An icon per state, so that the picture reads without its colours: full, hollow, crossed. */
export function StateIcon({ state }: { readonly state: Role['state'] }): ReactElement {
  if (state === 'named') return <CheckCircleFilled aria-hidden className="role-icon" />;
  if (state === 'left') return <CloseCircleOutlined aria-hidden className="role-icon" />;
  return <span aria-hidden className="role-icon role-hollow" />;
}

/** Who holds a role, or in what way nobody does: icon and words. */
export function RoleState({ role }: { readonly role: Role }): ReactElement {
  const [first, ...others] = role.holders;
  const names = role.holders.map(({ name }) => name).join('、');
  return (
    <span className={`role-state role-${role.state}`} title={names || STATE_TEXT[role.state]}>
      <StateIcon state={role.state} />
      <span className="role-words">
        {first ? first.name : STATE_TEXT[role.state]}
        {others.length > 0 && ` 等 ${role.holders.length} 人`}
      </span>
    </span>
  );
}
