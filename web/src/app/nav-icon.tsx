import {
  AimOutlined,
  ApartmentOutlined,
  BarChartOutlined,
  CheckSquareOutlined,
  DashboardOutlined,
  EnvironmentOutlined,
  ContactsOutlined,
  FileSyncOutlined,
  LineChartOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactElement } from 'react';

import type { NavPath } from './nav.ts';

const ICONS: Readonly<Record<NavPath, ComponentType<{ readonly 'aria-hidden'?: boolean }>>> = {
  '/': DashboardOutlined,
  '/todo': CheckSquareOutlined,
  '/monitoring': AimOutlined,
  '/warnings': LineChartOutlined,
  '/orders': FileSyncOutlined,
  '/command': ContactsOutlined,
  '/map': EnvironmentOutlined,
  '/platforms': ApartmentOutlined,
  '/report': BarChartOutlined,
  '/operations': ToolOutlined,
};

export function NavIcon({ to }: { readonly to: NavPath }): ReactElement {
  const Icon = ICONS[to];
  return <Icon aria-hidden />;
}
