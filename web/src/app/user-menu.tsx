import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { platformRoutes, type Session } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId } from 'react';

import { call } from './call.ts';

/** Who is signed in, in which roles, and the way out. */
export function UserMenu({
  session,
  compact,
}: {
  readonly session: Session;
  readonly compact?: boolean;
}): ReactElement {
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="user-button"
        popoverTarget={id}
        aria-label={`${session.user.name}，账号与退出`}
      >
        <UserOutlined aria-hidden />
        {!compact && (
          <span className="user-words">
            {session.user.name}
            <small>{session.roles.map((role) => role.roleName).join('、')}</small>
          </span>
        )}
      </button>
      <div id={id} popover="auto" className={compact ? 'user-card user-card-top' : 'user-card'}>
        <strong>{session.user.name}</strong>
        <span className="quiet">{session.user.username}</span>
        <ul>
          {session.roles.map((role) => (
            <li key={`${role.role}@${role.platform}`}>
              {role.roleName}
              <span className="quiet"> · {role.platformName}</span>
            </li>
          ))}
        </ul>
        <Link to="/me" className="user-me" onClick={(event) => closeCard(event.currentTarget)}>
          我的账号：密码、两步验证、登录会话
        </Link>
        <SignOut />
      </div>
    </>
  );
}

function closeCard(link: HTMLElement): void {
  link.closest<HTMLElement>('[popover]')?.hidePopover();
}

function SignOut(): ReactElement {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => call(platformRoutes.signOut),
    onSuccess: async () => {
      sessionStorage.clear();
      await navigate({ to: '/sign-in', search: {} });
      // What the sign-in page asks meanwhile goes on; whoever comes in next clears the rest.
      client.removeQueries({ type: 'inactive' });
    },
  });
  return (
    <>
      <Button block icon={<LogoutOutlined />} loading={leave.isPending} onClick={() => leave.mutate()}>
        退出登录
      </Button>
      {leave.error && <span role="alert">{leave.error.message}</span>}
    </>
  );
}
