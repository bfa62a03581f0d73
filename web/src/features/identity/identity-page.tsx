import './identity.css';

import type { IdentityMapping } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { platformSections } from '../../app/platform-sections.ts';
import { useSession } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { SectionTabs } from '../../ui/section-tabs.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { Empty, Failure, Resource } from '../../ui/states.tsx';
import { mappingsQuery, providerQuery, useSaveMappings } from './identity-queries.ts';
import { MappingDrawer } from './mapping-drawer.tsx';
import { usualLines } from './mapping-form.ts';
import { MappingTable } from './mapping-table.tsx';
import { TEXT } from './text.ts';
import { TryBox } from './try-box.tsx';

/** 统一身份: who may come through the identity provider, as what, and a box to try it. */
export function IdentityPage(): ReactElement {
  const session = useSession();
  const mappings = useQuery(mappingsQuery);
  const saving = useSaveMappings();
  const [edited, setEdited] = useState<IdentityMapping | 'new'>();
  const grants = mappings.data?.items.some(({ effect }) => effect === 'grant') ?? true;
  return (
    <>
      <PageHead title={TEXT.title} hint={TEXT.hint} />
      <SectionTabs label={TEXT.module} sections={session ? platformSections(session) : []} />
      <About />
      <section className="identity-table" aria-labelledby="identity-table">
        <div className="identity-head">
          <h2 id="identity-table">{TEXT.table}</h2>
          <Button type="primary" onClick={() => setEdited('new')}>
            {TEXT.add}
          </Button>
        </div>
        {saving.error && edited === undefined && <Failure error={saving.error} />}
        {!grants && (
          <NoGrants
            busy={saving.isPending}
            onFill={() => saving.mutate((items) => [...items, ...usualLines()])}
          />
        )}
        <Resource query={mappings}>
          {({ items }) => (
            <MappingTable
              items={items}
              busy={saving.isPending}
              onEdit={setEdited}
              onSave={(edit) => saving.mutate(edit)}
            />
          )}
        </Resource>
      </section>
      <TryBox items={mappings.data?.items ?? []} />
      <MappingDrawer
        edited={edited}
        saving={saving}
        onClose={() => {
          setEdited(undefined);
          saving.reset();
        }}
      />
    </>
  );
}

/** Whether there is a provider at all, and the rules that hold for its people. */
function About(): ReactElement {
  const provider = useQuery(providerQuery);
  return (
    <section className="panel identity-about">
      {provider.data?.enabled === true && <StateTag tone="active">{TEXT.on(provider.data.name)}</StateTag>}
      {provider.data?.enabled === false && <p className="quiet">{TEXT.off}</p>}
      {provider.error && <Failure error={provider.error} retry={() => void provider.refetch()} />}
      <ul className="quiet">
        {TEXT.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </section>
  );
}

/** Nobody can come in yet: a way to begin. */
function NoGrants({ busy, onFill }: { readonly busy: boolean; readonly onFill: () => void }): ReactElement {
  return (
    <Empty
      title={TEXT.none}
      hint={
        <>
          {TEXT.noneHint}
          <br />
          <Button loading={busy} onClick={onFill}>
            {TEXT.usual}
          </Button>
        </>
      }
    />
  );
}
