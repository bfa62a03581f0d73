import { Alert } from 'antd';
import type { ReactElement } from 'react';

import { TEXT } from './text.ts';
import { useStoreTrouble } from './work-base.ts';

/** What is wrong with this phone's store, and what to do. Nothing where it keeps what it is given. */
export function StoreNote(): ReactElement | null {
  const trouble = useStoreTrouble();
  if (trouble === undefined) return null;
  return <Alert type="warning" showIcon role="alert" className="notice" title={TEXT.trouble[trouble]} />;
}
