import { organisationRoutes, type PlatformDetail } from '#contract/platform';
import type { ReactElement } from 'react';

import { call } from '../../../app/call.ts';
import { Empty } from '../../../ui/states.tsx';
import { RevealPhone } from '../reveal-phone.tsx';
import { CONTACT_TEXT } from './text.ts';

/** Whom one calls: posts, numbers masked until a reason is given. */
export function Contacts({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const mayReveal = platform.allowedActions.includes('reveal');
  return (
    <section className="panel">
      <h2>{CONTACT_TEXT.title}</h2>
      {platform.contacts.length === 0 ? (
        <Empty title={CONTACT_TEXT.none} hint={CONTACT_TEXT.noneHint} />
      ) : (
        <ul className="contacts">
          {platform.contacts.map((contact) => (
            <li key={contact.id}>
              <span>
                <strong>{contact.post}</strong>
                {contact.unit !== null && <span className="quiet"> · {contact.unit}</span>}
                {contact.note !== null && <small className="quiet contact-note">{contact.note}</small>}
              </span>
              <RevealPhone
                masked={contact.phoneMasked}
                who={contact.post}
                reveal={
                  mayReveal
                    ? (reason) =>
                        call(organisationRoutes.revealPlatformContact, {
                          params: { code: platform.code, id: contact.id },
                          body: { reason },
                        })
                    : undefined
                }
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
