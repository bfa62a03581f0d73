import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { platformRoutes, type Session } from '#contract/platform';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';

import { call } from './call.ts';
import { forgetKept } from './kept.ts';

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
        <Link to="/me/notifications" className="user-me" onClick={(event) => closeCard(event.currentTarget)}>
          我的通知：号码、免打扰、收不收得到
        </Link>
        <SignOut account={session.user.username} />
      </div>
    </>
  );
}

function closeCard(link: HTMLElement): void {
  link.closest<HTMLElement>('[popover]')?.hidePopover();
}

function SignOut({ account }: { readonly account: string }): ReactElement {
  const [waiting, setWaiting] = useState(0);
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: async (keepActs: boolean) => {
      await call(platformRoutes.signOut);
      return keepActs;
    },
    onSuccess: async (keepActs) => {
      sessionStorage.clear();
      const { forgetWork } = await import('../features/response/queue/work-store.ts');
      await Promise.all([forgetKept(), forgetWork(account, keepActs)]);
      await navigate({ to: '/sign-in', search: {} });
      // What the sign-in page asks meanwhile goes on; whoever comes in next clears the rest.
      client.removeQueries({ type: 'inactive' });
    },
  });
  const ask = async (): Promise<void> => {
    const { countOpen } = await import('../features/response/queue/work-store.ts');
    const open = await countOpen(account);
    if (open === 0) leave.mutate(false);
    else setWaiting(open);
  };
  return (
    <>
      {waiting === 0 ? (
        <Button block icon={<LogoutOutlined />} loading={leave.isPending} onClick={() => void ask()}>
          退出登录
        </Button>
      ) : (
        <div role="alert" className="sign-out-ask">
          这台手机上还有 {waiting} 项操作没有上传。
          <Button block type="primary" loading={leave.isPending} onClick={() => leave.mutate(true)}>
            退出，留着，下次登录再上传
          </Button>
          <Button block danger loading={leave.isPending} onClick={() => leave.mutate(false)}>
            退出并删掉
          </Button>
          <Button block onClick={() => setWaiting(0)}>
            先不退出
          </Button>
        </div>
      )}
      {leave.error && <span role="alert">{leave.error.message}</span>}
    </>
  );
}
