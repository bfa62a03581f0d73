import './zod-without-eval.ts';
import './theme.css';
import './shell.css';
import '../ui/ui.css';
import '../ui/rows.css';
import '../ui/thumbs.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { LoadingOutlined } from '@ant-design/icons';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { type ReactElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { followSession } from './follow-session.ts';
import { followNewVersions } from './new-version.ts';
import { watchPresence } from './presence.ts';
import { queryClient } from './query-client.ts';
import { router } from './router.tsx';
import { THEME, TOUCH_THEME } from './theme.ts';
import { useThumbs } from './use-thumbs.ts';

const motion = !globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;

followNewVersions();
followSession();
watchPresence();
function Puan(): ReactElement {
  const theme = useThumbs() ? TOUCH_THEME : THEME;
  return (
    <ConfigProvider
      locale={zhCN}
      theme={{ ...theme, token: { ...theme.token, motion } }}
      // Hidden from screen readers: its own name is English, and stands in the button's name as long as it fades.
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
    >
      <App>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Puan />
    </StrictMode>,
  );
}
