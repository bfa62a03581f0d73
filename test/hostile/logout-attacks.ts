import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

import { CLIENT_ID, CLIENT_SECRET, OTHER_CLIENT_ID } from '../identity-provider.ts';
import type { Attack } from './attack.ts';
import type { Reply } from './reply.ts';
import type { Stage } from './stage.ts';

const against = 'callback';
const FORM = 'application/x-www-form-urlencoded';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const VICTIM = 'hostile.village';

let numbers = 0;
/** A notice that would end the victim's sessions, if it were the provider's own. */
function notice(stage: Stage, edit: object = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  numbers += 1;
  const whole = { iat: now, exp: now + 120, jti: `hostile-${numbers}`, events: { [EVENT]: {} } };
  return { iss: stage.idp.issuer, aud: CLIENT_ID, sub: VICTIM, ...whole, ...edit };
}

function tell(stage: Stage, token: string, type = FORM): Promise<Reply> {
  const body = new URLSearchParams({ logout_token: token }).toString();
  return stage.send('/api/v1/identity/backchannel-logout', { method: 'POST', body, type });
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Forgeries of which each tells of a victim who is signed in; that no session ends is seen in the tables. */
export const LOGOUT_ATTACKS: readonly Attack[] = [
  {
    name: 'a notice of leaving without a signature, or signed with the secret that both sides know',
    against,
    kind: 'forgery',
    run: async (stage) => {
      const payload = notice(stage);
      const secret = new TextEncoder().encode(CLIENT_SECRET);
      const shared = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(secret);
      const unsigned = ['none', 'NONE', 'None'].map((alg) => `${base64({ alg })}.${base64(payload)}.`);
      return stage.each([...unsigned, shared], (token) => tell(stage, token));
    },
    expect: '400 identity.logout-invalid',
  },
  {
    name: 'a notice signed with the attacker’s own key, which it brings along or has fetched',
    against,
    kind: 'forgery',
    run: async (stage) => {
      const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      const headers = [
        { alg: 'RS256', jwk },
        { alg: 'RS256', jku: 'https://evil.example/keys', kid: 'test-key' },
        { alg: 'RS256', kid: '../../../etc/passwd' },
        { alg: 'RS256', kid: "' union select 1 --" },
      ];
      return stage.each(headers, async (header) =>
        tell(stage, await new SignJWT(notice(stage)).setProtectedHeader(header).sign(privateKey)),
      );
    },
    expect: '400 identity.logout-invalid',
  },
  {
    name: 'a true token of the provider that is no notice for us: another audience, no event, a nonce, no number',
    against,
    kind: 'forgery',
    run: (stage) =>
      stage.each(
        [
          { aud: OTHER_CLIENT_ID },
          { events: {} },
          { events: undefined },
          { nonce: 'x' },
          { jti: undefined },
          { iss: 'https://evil.example' },
          { iat: 1_700_000_000, exp: undefined },
        ],
        async (edit) => tell(stage, await stage.idp.sign(notice(stage, edit))),
      ),
    expect: '400 identity.logout-invalid',
  },
  {
    name: 'a notice that was overheard is told again',
    against,
    kind: 'replay',
    run: async (stage) => {
      const token = await stage.idp.sign(notice(stage, { sub: 'hostile.gone' }));
      return stage.each([1, 2, 3], () => tell(stage, token));
    },
    expect: ['200', '400 identity.logout-invalid', '400 identity.logout-invalid'],
  },
  {
    name: 'a notice in another form, of nothing, and larger than any',
    against,
    kind: 'oversized',
    run: async (stage) => [
      await tell(stage, await stage.idp.sign(notice(stage)), 'application/json'),
      await tell(stage, ''),
      await tell(stage, 'x'.repeat(70_000)),
    ],
    expect: ['415 input.unsupported-media-type', '400 identity.logout-invalid', '413 input.too-large'],
  },
];
