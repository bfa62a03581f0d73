import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';

import { Empty } from '../ui/states.tsx';

export function NotFound(): ReactElement {
  return (
    <div className="state-page">
      <Empty title="没有这个页面" hint={<Link to="/">回到首页</Link>} />
    </div>
  );
}
