import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Modal, Segmented } from 'antd';
import { type ReactElement, useState } from 'react';

import { useCan } from '../../app/session.ts';
import { DelegationForm } from './delegation-form.tsx';
import { DelegationLine } from './delegation-line.tsx';
import { PeopleList } from './people-list.tsx';
import { delegationsQuery } from './queries.ts';
import { DELEGATION_TEXT } from './text.ts';

/** 代理: one's own deputies, and those of everybody in scope for whoever arranges them. */
export function Delegations(): ReactElement {
  const mayArrange = useCan('delegation.arrange');
  const [of, setOf] = useState<'mine' | 'all'>('mine');
  const [over, setOver] = useState(false);
  const [naming, setNaming] = useState(false);
  const query = useInfiniteQuery(delegationsQuery(of, over));
  return (
    <>
      <div className="filters">
        {mayArrange && (
          <Segmented<'mine' | 'all'>
            value={of}
            onChange={setOf}
            options={[
              { value: 'mine', label: DELEGATION_TEXT.mine },
              { value: 'all', label: DELEGATION_TEXT.all },
            ]}
          />
        )}
        <Checkbox checked={over} onChange={({ target }) => setOver(target.checked)}>
          {DELEGATION_TEXT.over}
        </Checkbox>
        <Button type="primary" onClick={() => setNaming(true)}>
          {DELEGATION_TEXT.openMine}
        </Button>
      </div>
      <PeopleList query={query} empty={{ title: DELEGATION_TEXT.none, hint: DELEGATION_TEXT.noneHint }}>
        {(items) => (
          <ul className="people-held panel">
            {items.map((one) => (
              <DelegationLine key={one.id} delegation={one} />
            ))}
          </ul>
        )}
      </PeopleList>
      <Modal
        open={naming}
        title={DELEGATION_TEXT.openMine}
        footer={null}
        destroyOnHidden
        width="min(640px, 100vw)"
        onCancel={() => setNaming(false)}
      >
        <DelegationForm onDone={() => setNaming(false)} />
      </Modal>
    </>
  );
}
