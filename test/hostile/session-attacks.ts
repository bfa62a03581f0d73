import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';

import { PASSWORD } from '../puan-process.ts';
import type { Attack } from './attack.ts';
import { tokenOf } from './reply.ts';

const against = 'sign-in';
const SESSION = '/api/v1/session';
const EVIL = 'https://evil.example';

function code(secret: string, stepsOn: number): string {
  const timestamp = Date.now() + stepsOn * 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

/** At what sign-in leads to: the session and its cookie, taken from people who are signed in. */
export const SESSION_ATTACKS: readonly Attack[] = [
  {
    name: 'a foreign page signs the victim’s browser in as the attacker',
    against,
    kind: 'csrf',
    run: (stage) =>
      stage.each(
        [
          { origin: EVIL },
          { 'sec-fetch-site': 'cross-site' },
          { origin: 'null' },
          { 'sec-fetch-site': 'same-site' },
        ],
        (headers) => stage.signIn('village.sample', PASSWORD, { headers }),
      ),
    expect: '403 access.cross-site',
    effect: (_stage, replies) => expect(replies.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]),
  },
  {
    name: 'a form, which a browser sends across sites without asking, carries the JSON',
    against,
    kind: 'csrf',
    run: (stage) =>
      stage.each(
        ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'],
        (type) => stage.signIn('village.sample', PASSWORD, { type }),
      ),
    expect: '415 input.unsupported-media-type',
  },
  {
    name: 'a foreign page ends the victim’s sessions, changes the password and binds a phone with their cookie',
    against,
    kind: 'csrf',
    run: async (stage) => {
      const headers = { 'sec-fetch-site': 'cross-site', origin: EVIL };
      const victim = { cookieOf: 'flood.admin', headers } as const;
      return [
        await stage.send('/api/v1/sessions', { method: 'DELETE', ...victim }),
        await stage.post('/api/v1/session/password', { current: PASSWORD, next: 'Riverside-2027' }, victim),
        await stage.post('/api/v1/session/device', { name: 'x', pin: '730591' }, victim),
        await stage.send(SESSION, { method: 'DELETE', ...victim }),
      ];
    },
    expect: '403 access.cross-site',
  },
  {
    name: 'a one-time code that was looked at over a shoulder is used again',
    against,
    kind: 'replay',
    run: async (stage) => {
      const bearer = tokenOf(await stage.signIn('tunnel.leader'));
      const { secret } = (await stage.send('/api/v1/session/totp', { method: 'POST', bearer })).json as {
        readonly secret: string;
      };
      const [first, next] = [code(secret, 0), code(secret, 1)];
      await stage.send('/api/v1/session/totp', { method: 'PUT', bearer, json: { code: first } });
      return stage.each([first, next, next, first], (otp) =>
        stage.post(SESSION, { username: 'tunnel.leader', password: PASSWORD, otp }),
      );
    },
    expect: ['401 session.otp-required', '200', '401 session.otp-required', '401 session.otp-required'],
    changes: ['session', 'account'],
  },
  {
    name: 'a session that the attacker has chosen beforehand is to become the victim’s',
    against,
    kind: 'replay',
    run: async (stage) => {
      const chosen = 'chosen-by-the-attacker-0000000000000000000';
      const headers = { cookie: `puan_session=${chosen}`, 'sec-fetch-site': 'same-origin' };
      const opened = await stage.signIn('water.head', PASSWORD, { headers });
      return [opened, await stage.send(SESSION, { bearer: chosen })];
    },
    expect: ['200', '401 session.expired'],
    changes: ['session'],
    effect: (_stage, [opened]) =>
      expect(opened?.headers.getSetCookie().join()).toMatch(/puan_session=(?!chosen)[\w-]{43}; .*HttpOnly/u),
  },
  {
    name: 'a session is used once more after its person has gone',
    against,
    kind: 'replay',
    run: async (stage) => {
      const bearer = tokenOf(await stage.signIn('water.leader'));
      return [
        await stage.send(SESSION, { bearer }),
        await stage.send(SESSION, { method: 'DELETE', bearer }),
        await stage.send(SESSION, { bearer }),
        await stage.send(SESSION, { headers: { cookie: `puan_session=${bearer}` } }),
      ];
    },
    expect: ['200', '204', '401 session.expired', '401 session.expired'],
  },
];
