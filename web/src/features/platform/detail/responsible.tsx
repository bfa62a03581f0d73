import type { PlatformDetail } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { formatDate } from '../../../app/format.ts';
import { Resource } from '../../../ui/states.tsx';
import { RoleState } from '../role-state.tsx';
import { rolesQuery } from './detail-queries.ts';
import { ROLES_TEXT } from './text.ts';

/** Who answers at this platform, role by role as the regulation asks. */
export function Responsible({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const query = useQuery(rolesQuery(platform.code, platform.kind));
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{ROLES_TEXT.title}</h2>
        <Link to="/platforms/responsibility" search={{ under: platform.code }}>
          {ROLES_TEXT.all}
        </Link>
      </div>
      <Resource query={query} rows={4}>
        {({ items }) => {
          const roles = items.find((item) => item.platform.code === platform.code)?.roles ?? [];
          if (roles.length === 0) return <p className="panel-body quiet">{ROLES_TEXT.none}</p>;
          return (
            <ul className="role-list">
              {roles.map((role) => (
                <li key={role.role} title={role.basis}>
                  <span>{role.roleName}</span>
                  <RoleState role={role} />
                  <small className="quiet">
                    {role.holders.map(({ since }) => ROLES_TEXT.since(formatDate(since)))[0]}
                    {role.left && ROLES_TEXT.leftAt(role.left.name, formatDate(role.left.at))}
                  </small>
                </li>
              ))}
            </ul>
          );
        }}
      </Resource>
    </section>
  );
}
