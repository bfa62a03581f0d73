import { expect } from 'vitest';

import { CLIENT_SECRET } from '../identity-provider.ts';
import { Visitor } from '../visitor.ts';
import type { Attack } from './attack.ts';
import { CLAIM_ATTACKS } from './claim-attacks.ts';
import { LOGOUT_ATTACKS } from './logout-attacks.ts';
import type { Reply } from './reply.ts';
import type { Stage } from './stage.ts';

const against = 'callback';
const CALLBACK = '/api/v1/identity/callback';
const OPENED = ['account', 'role', 'session', 'identity-person'] as const;

const set =
  (name: string, value: string) =>
  (answer: URL): void =>
    answer.searchParams.set(name, value);

const noCookie = (_stage: Stage, replies: readonly Reply[]): void =>
  expect(
    replies.flatMap(({ headers }) => headers.getSetCookie()).filter((one) => one.startsWith('puan_session=')),
  ).toEqual([]);

const start = (stage: Stage, from: string): Promise<Reply> =>
  stage.send(`/api/v1/identity/start?from=${encodeURIComponent(from)}`);

/** Nothing began that could end there. */
const noTicket = (_stage: Stage, replies: readonly Reply[]): void =>
  expect(replies.flatMap(({ headers, location }) => [...headers.getSetCookie(), location])).toEqual(
    replies.map(() => undefined),
  );

/** At the door that the identity provider sends people back to, and the one by which it tells of their leaving. */
export const CALLBACK_ATTACKS: readonly Attack[] = [
  {
    name: 'an attacker’s answer is put into a browser that never asked',
    against,
    kind: 'csrf',
    run: async (stage) => {
      const { answer } = await stage.answerFor({ sub: 'hostile.attacker' });
      return [await stage.bring(new Visitor(), answer)];
    },
    expect: '302 identity.not-started-here',
    effect: noCookie,
  },
  {
    name: 'an attacker’s answer is put into a browser that has just asked for its own',
    against,
    kind: 'csrf',
    run: async (stage) => {
      const [attacker, victim] = [
        await stage.answerFor({ sub: 'hostile.attacker' }),
        await stage.answerFor(),
      ];
      const own = new URL(victim.answer);
      own.searchParams.set('code', attacker.answer.searchParams.get('code') ?? '');
      return [await stage.bring(victim.visitor, attacker.answer), await stage.bring(victim.visitor, own)];
    },
    // The first answer has used the ticket up.
    expect: '302 identity.not-started-here',
    effect: noCookie,
  },
  {
    name: 'a foreign page rewrites the table of mappings with the security administrator’s cookie',
    against,
    kind: 'csrf',
    run: async (stage) => {
      const victim = { cookieOf: 'security', headers: { 'sec-fetch-site': 'cross-site' } } as const;
      const json = { items: [], version: '' };
      return [await stage.send('/api/v1/identity/mappings', { method: 'PUT', json, ...victim })];
    },
    expect: '403 access.cross-site',
  },
  {
    name: 'an attacker’s code under the victim’s own state',
    against,
    kind: 'forgery',
    run: async (stage) => {
      const attacker = await stage.answerFor({ sub: 'hostile.attacker' });
      return [await stage.arrive(set('code', attacker.answer.searchParams.get('code') ?? ''))];
    },
    expect: '302 identity.expired',
    effect: noCookie,
  },
  {
    name: 'the answer of another issuer, or of none, is to carry the code elsewhere',
    against,
    kind: 'forgery',
    run: (stage) =>
      stage.each(
        [set('iss', 'https://evil.example'), (one: URL) => one.searchParams.delete('iss')],
        (spoil) => stage.arrive(spoil),
      ),
    expect: '302 identity.proof-invalid',
    effect: noCookie,
  },
  {
    name: 'the sealed ticket is changed, swapped for an older form, or made up with the client’s secret',
    against,
    kind: 'forgery',
    run: (stage) =>
      stage.each(
        [
          (sealed: string) => `${sealed.slice(0, -3)}AAA`,
          (sealed: string) => sealed.replace('v1.', 'v0.'),
          () =>
            `v1.${Buffer.from(JSON.stringify({ state: 'x', from: '//evil.example' })).toString('base64url')}`,
          () => `v1.${Buffer.from(CLIENT_SECRET).toString('base64url')}`,
        ],
        async (forge) => {
          const { visitor, answer } = await stage.answerFor();
          visitor.setCookie('puan_identity', forge(visitor.cookie('puan_identity') ?? ''));
          return stage.bring(visitor, answer);
        },
      ),
    expect: '302 identity.not-started-here',
    effect: noCookie,
  },
  {
    name: 'an answer is brought a second time with the cookie kept from before',
    against,
    kind: 'replay',
    run: async (stage) => {
      const { visitor, answer } = await stage.answerFor();
      const headers = { cookie: `puan_identity=${visitor.cookie('puan_identity')}` };
      const again = answer.pathname + answer.search;
      return [await stage.bring(visitor, answer), await stage.send(again, { headers })];
    },
    expect: ['302', '302 identity.expired'],
    changes: [...OPENED],
  },
  {
    name: 'a code that was redeemed is brought under a state of its own',
    against,
    kind: 'replay',
    run: async (stage) => {
      const { visitor, answer } = await stage.answerFor();
      const first = await stage.bring(visitor, answer);
      return [first, await stage.arrive(set('code', answer.searchParams.get('code') ?? ''))];
    },
    expect: ['302', '302 identity.expired'],
    changes: ['session', 'identity-person'],
  },
  {
    name: 'an error with HTML in it is to be shown on our page',
    against,
    kind: 'injection',
    run: (stage) =>
      stage.each(
        [
          'access_denied',
          '<script>alert(1)</script>',
          'x\r\nSet-Cookie: puan_session=1',
          `${'x'.repeat(99)}😀`,
        ],
        (error) =>
          stage.arrive((answer) => {
            answer.searchParams.delete('code');
            answer.searchParams.set('error', error);
            answer.searchParams.set('error_description', '<img src=x onerror=alert(1)>');
          }),
      ),
    expect: '302 identity.provider-refused',
    effect: (stage, replies) => {
      for (const { location, text } of replies) {
        expect(location).toBe('/sign-in?fault=identity.provider-refused');
        expect(text).not.toContain('<');
      }
      noCookie(stage, replies);
    },
  },
  {
    name: 'codes and states are guessed',
    against,
    kind: 'guessing',
    run: (stage) =>
      stage.each(
        [set('code', 'made-up'), set('code', ''), set('state', 'made-up'), set('state', '')],
        (spoil) => stage.arrive(spoil),
      ),
    expect: [
      '302 identity.expired',
      '302 identity.proof-invalid',
      '302 identity.not-started-here',
      '302 identity.not-started-here',
    ],
    effect: noCookie,
  },
  {
    name: 'a code, a state and a description of more than eight thousand letters',
    against,
    kind: 'oversized',
    run: (stage) =>
      stage.each(['code', 'state', 'iss', 'error_description'], (name) =>
        stage.send(`${CALLBACK}?${name}=${'x'.repeat(8001)}`),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'parameters twice, as objects, and undecodable',
    against,
    kind: 'malformed',
    run: (stage) =>
      stage.each(['?state=a&state=b', '?code=a&code=b', '?state=%00&code=x'], (query) =>
        stage.send(CALLBACK + query),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'after signing in the browser is to be led to a foreign host',
    against,
    kind: 'open-redirect',
    run: (stage) =>
      stage.each(
        [
          '//evil.example',
          'https://evil.example',
          '/\\evil.example',
          '/%5C%5Cevil.example',
          '///evil.example/..',
        ],
        (from) => start(stage, from),
      ),
    expect: '400 input.invalid',
    effect: noTicket,
  },
  {
    name: 'tabs, line ends, blanks and schemes are to lead the browser away, or the header to end early',
    against,
    kind: 'open-redirect',
    run: (stage) =>
      stage.each(
        [
          '/\t/evil.example',
          '/\r\nLocation: https://evil.example',
          ' //evil.example',
          'javascript:alert(1)',
          '/api/v1/session',
        ],
        (from) => start(stage, from),
      ),
    expect: '400 input.invalid',
    effect: noTicket,
  },
  {
    name: 'a forged X-Forwarded-Host is to have the provider send the code to a foreign host',
    against,
    kind: 'open-redirect',
    run: async (stage) => [
      await stage.send('/api/v1/identity/start', {
        headers: {
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          forwarded: 'host=evil.example',
        },
      }),
    ],
    expect: '302',
    effect: (stage, [reply]) =>
      expect(new URL(reply?.location ?? '').searchParams.get('redirect_uri')).toBe(stage.puan.url + CALLBACK),
  },
  ...CLAIM_ATTACKS,
  ...LOGOUT_ATTACKS,
];
