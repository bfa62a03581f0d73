import type { MonitoredObject, ObjectLink } from '#contract/platform';
import { LINK_TEXT } from '#model/platform';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';

import { Failure, Resource } from '../../../ui/states.tsx';
import { AddLink } from './add-link.tsx';
import { linksQuery, useLinkAct } from './link-queries.ts';
import { LINKS } from './text.ts';

/** 关联对象: what composite signs read together with this object. What is written here is changed here. */
export function ObjectLinks({ object }: { readonly object: MonitoredObject }): ReactElement {
  const query = useQuery(linksQuery(object.id));
  const act = useLinkAct(object.id);
  const mayEdit = object.allowedActions.includes('edit');
  return (
    <section className="object-links" aria-label={LINKS.title}>
      <h3>{LINKS.title}</h3>
      <p className="quiet small">{LINKS.why}</p>
      <Resource query={query} rows={2}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="quiet">{LINKS.none}</p>}
            <ul>
              {items.map((link) => (
                <LinkRow
                  key={`${link.id} ${link.kind} ${link.own}`}
                  link={link}
                  mayEdit={mayEdit}
                  pending={act.isPending}
                  onRemove={() =>
                    act.mutate((links) => links.filter(({ object: code }) => code !== link.code))
                  }
                />
              ))}
            </ul>
          </>
        )}
      </Resource>
      {act.error && <Failure error={act.error} />}
      {mayEdit && (
        <AddLink
          self={object.code}
          pending={act.isPending}
          onAdd={(link, done) => act.mutate((links) => [...links, link], { onSuccess: done })}
        />
      )}
    </section>
  );
}

interface LinkRowProps {
  readonly link: ObjectLink;
  readonly mayEdit: boolean;
  readonly pending: boolean;
  readonly onRemove: () => void;
}

function LinkRow({ link, mayEdit, pending, onRemove }: LinkRowProps): ReactElement {
  const { id, code, name, kind, own } = link;
  return (
    <li>
      <span className="object-link-name">
        <Link to="/platforms/objects" search={{ open: id }}>
          {name}
        </Link>
        <small className="org-code quiet row-code">{code}</small>
      </span>
      <span>{LINK_TEXT[kind]}</span>
      {!own && <small className="quiet">{LINKS.atOther}</small>}
      {own && mayEdit && (
        <Button size="small" disabled={pending} aria-label={LINKS.removeOf(name)} onClick={onRemove}>
          {LINKS.remove}
        </Button>
      )}
    </li>
  );
}
