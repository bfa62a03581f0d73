import { EditOutlined } from '@ant-design/icons';
import type { PlatformDetail } from '#contract/platform';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';

import { PageHead } from '../../../ui/page-head.tsx';
import { PageTabs } from '../../../ui/page-tabs.tsx';
import { Resource } from '../../../ui/states.tsx';
import { KIND_TEXT } from '../kind-text.ts';
import type { PlatformTab } from '../search.ts';
import { FORM_TEXT } from '../text.ts';
import '../platform.css';
import { Children } from './children.tsx';
import { detailQuery } from './detail-queries.ts';
import { EditDrawer } from './edit-drawer.tsx';
import { ObjectsWithin } from './objects-within.tsx';
import { Overview } from './overview.tsx';
import { Settings } from './settings.tsx';
import { DETAIL_TEXT } from './text.ts';

/** One platform: where it stands, who answers for it, what lies within it, and the settings that hold there. */
export function PlatformPage(): ReactElement {
  const { code } = useParams({ from: '/desk/platforms/$code' });
  const query = useQuery(detailQuery(code));
  return (
    <Resource query={query} rows={12}>
      {(platform) => <Platform key={platform.code} platform={platform} />}
    </Resource>
  );
}

function Platform({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const { tab = 'overview' } = useSearch({ from: '/desk/platforms/$code' });
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const mayEdit = platform.allowedActions.includes('edit');
  const { tabs } = DETAIL_TEXT;
  const items: readonly { key: PlatformTab; label: string; children: ReactElement }[] = [
    { key: 'overview', label: tabs.overview, children: <Overview platform={platform} /> },
    ...(platform.children > 0
      ? [{ key: 'children' as const, label: tabs.children, children: <Children code={platform.code} /> }]
      : []),
    { key: 'objects', label: tabs.objects, children: <ObjectsWithin platform={platform} /> },
    { key: 'settings', label: tabs.settings, children: <Settings platform={platform} /> },
  ];
  return (
    <>
      <Breadcrumb platform={platform} />
      <PageHead
        title={platform.name}
        tags={
          <>
            <span className="inferred">{KIND_TEXT[platform.kind]}</span>
            {platform.inferred && (
              <span className="inferred" title={DETAIL_TEXT.inferredWhy}>
                {DETAIL_TEXT.inferred}
              </span>
            )}
          </>
        }
        {...(platform.kind === 'zone' ? { hint: DETAIL_TEXT.zone } : {})}
        extra={
          mayEdit && (
            <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
              {FORM_TEXT.edit}
            </Button>
          )
        }
      />
      <PageTabs
        activeKey={tab}
        destroyOnHidden
        items={[...items]}
        onChange={(key) => {
          const next = items.find((item) => item.key === key)?.key;
          void navigate({
            to: '/platforms/$code',
            params: { code: platform.code },
            search: next === undefined || next === 'overview' ? {} : { tab: next },
            replace: true,
          });
        }}
      />
      <EditDrawer open={editing} platform={platform} onClose={() => setEditing(false)} />
    </>
  );
}

function Breadcrumb({ platform }: { readonly platform: PlatformDetail }): ReactElement {
  const above = platform.path.filter(({ code }) => code !== platform.code);
  return (
    <nav className="crumbs" aria-label={DETAIL_TEXT.path}>
      <ol>
        <li>
          <Link to="/platforms" activeOptions={{ exact: true }}>
            {DETAIL_TEXT.back}
          </Link>
        </li>
        {above.map(({ code, name }) => (
          <li key={code}>
            <Link to="/platforms/$code" params={{ code }} activeOptions={{ exact: true }}>
              {name}
            </Link>
          </li>
        ))}
        <li aria-current="page">{platform.name}</li>
      </ol>
    </nav>
  );
}
