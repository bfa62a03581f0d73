import { ToolOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type ReactElement, Suspense, useState } from 'react';

import { useCan } from '../../app/session.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageTabs } from '../../ui/page-tabs.tsx';
import { Loading } from '../../ui/states.tsx';
import { Faults } from './faults.tsx';
import { TEXT } from './text.ts';
import './operations.css';

const Alive = lazy(async () => ({ default: (await import('./alive/alive.tsx')).Alive }));

/** 技术保障: what is technically wrong and who is on it; whether the chain works and the records match. */
export function OperationsPage(): ReactElement {
  const { tab = 'faults' } = useSearch({ from: '/desk/operations' });
  const navigate = useNavigate();
  const mayReport = useCan('fault.handle');
  const [reporting, setReporting] = useState(false);
  return (
    <>
      <PageHead
        title={TEXT.title}
        hint={TEXT.hint}
        extra={
          mayReport &&
          tab === 'faults' && (
            <Button type="primary" icon={<ToolOutlined />} onClick={() => setReporting(true)}>
              {TEXT.report}
            </Button>
          )
        }
      />
      <PageTabs
        activeKey={tab}
        // Each tab has filters of its own: none goes along.
        onChange={(key) => void navigate({ to: '/operations', search: key === 'alive' ? { tab: key } : {} })}
        items={[
          {
            key: 'faults',
            label: TEXT.tabs.faults,
            children: <Faults reporting={reporting} onReporting={setReporting} />,
          },
          {
            key: 'alive',
            label: TEXT.tabs.alive,
            children: (
              <Suspense fallback={<Loading rows={10} />}>
                <Alive />
              </Suspense>
            ),
          },
        ]}
        destroyOnHidden
      />
    </>
  );
}
