import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';

import { Empty, Resource } from '../../../ui/states.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { contactsQuery } from '../queries.ts';
import { CONTACTS_TEXT } from './text.ts';

/** Response teams and who is in them. Their members' numbers are under the members. */
export function Teams({ q }: { readonly q: string | undefined }): ReactElement {
  const query = useInfiniteQuery(contactsQuery({ q }));
  return (
    <Resource query={query}>
      {({ pages }) => {
        const teams = pages[0]?.teams ?? [];
        if (teams.length === 0) {
          return q === undefined ? (
            <Empty title={CONTACTS_TEXT.noTeams} hint={CONTACTS_TEXT.noTeamsHint} />
          ) : (
            <Empty title={CONTACTS_TEXT.noneFound} hint={CONTACTS_TEXT.noneFoundHint} />
          );
        }
        return (
          <ul className="book-cards">
            {teams.map((team) => (
              <li key={team.id} className="panel book-card">
                <div className="book-head">
                  <strong>{team.name}</strong>
                  <span className="figures quiet">{CONTACTS_TEXT.members(team.members.length)}</span>
                </div>
                <span className="quiet">
                  {team.platform.name}
                  {team.unit !== null && ` · ${team.unit}`}
                  {team.phoneMasked !== null && <span className="figures"> · {team.phoneMasked}</span>}
                </span>
                <ul className="team-members">
                  {team.members.map((member) => (
                    <li key={member.name}>
                      {member.name}{' '}
                      {member.leader && <StateTag tone="quiet">{CONTACTS_TEXT.leader}</StateTag>}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        );
      }}
    </Resource>
  );
}
