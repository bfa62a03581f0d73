import type { Responsibility } from '#contract/platform';

import { formatDate } from '../../../app/format.ts';
import { KIND_TEXT } from '../kind-text.ts';
import { STATE_TEXT } from '../role-state.tsx';
import { TEXT } from './text.ts';

/** One line per platform and role, under a line of headers. */
export function csvRows(items: readonly Responsibility[]): readonly (readonly string[])[] {
  const lines = items.flatMap(({ platform, parentName, roles }) =>
    roles.map((role) => [
      platform.code,
      platform.name,
      KIND_TEXT[platform.kind],
      parentName ?? '',
      role.roleName,
      STATE_TEXT[role.state],
      role.holders.map(({ name }) => name).join('、'),
      role.holders[0] ? formatDate(role.holders[0].since) : '',
      role.left?.name ?? '',
      role.left ? formatDate(role.left.at) : '',
    ]),
  );
  return [TEXT.columns, ...lines];
}
