import { sm4 } from 'sm-crypto';
import { expect, test } from 'vitest';

import { type CipherProfile, openCipher } from './cipher.ts';
import { parseSegment } from './segment.ts';

const KEY = '0123456789abcdeffedcba9876543210';
const HEAD = 'QN=20260801085857223;ST=21;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&';
const PLAIN = 'DataTime=20260801085800;w01001-Rtd=7.21,w01001-Flag=N';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../gu) ?? []).map((byte) => Number.parseInt(byte, 16))));
const filled = (text: string, fill: string): string => text.padEnd(Math.ceil(text.length / 16) * 16, fill);

test('the cipher is the one of GB/T 32907: its own example', () => {
  expect(
    sm4.encrypt(
      [...(KEY.match(/../gu) ?? [])].map((byte) => Number.parseInt(byte, 16)),
      KEY,
      { padding: 'none' },
    ),
  ).toBe('681edf34d206965e86b3e94f536e4246');
});

test.each<[string, CipherProfile, string]>([
  [
    'hex, filled with blanks',
    { key: KEY, text: 'hex', padding: 'none' },
    sm4.encrypt(filled(PLAIN, ' '), KEY, { padding: 'none' }),
  ],
  [
    'hex, filled with NUL',
    { key: KEY, text: 'hex', padding: 'none' },
    sm4.encrypt(filled(PLAIN, '\0'), KEY, { padding: 'none' }),
  ],
  ['base64, PKCS#7', { key: KEY, text: 'base64', padding: 'pkcs7' }, base64(sm4.encrypt(PLAIN, KEY))],
])('an encrypted data area is opened by what the device file says: %s', (_, profile, cipher) => {
  const sealed = bytes(`${HEAD}${cipher}&&`);
  expect(parseSegment(sealed)).toEqual({ kind: 'refused', reason: 'encrypted-data-area' });
  const opened = openCipher(sealed, profile);
  const outcome = parseSegment(opened ?? new Uint8Array(0));
  expect(outcome).toMatchObject({
    kind: 'segment',
    segment: {
      mn: '010000A8900016F000169DC0',
      groups: [
        [['DataTime', '20260801085800']],
        [
          ['w01001-Rtd', '7.21'],
          ['w01001-Flag', 'N'],
        ],
      ],
    },
  });
});

test.each([
  ['cut short', `${HEAD}681edf34&&`],
  ['no hex at all', `${HEAD}这不是密文&&`],
  ['no data area', 'QN=1;MN=2'],
  ['an empty one', `${HEAD}&&`],
])('what cannot be opened is no segment, and nothing is thrown: %s', (_, text) => {
  expect(openCipher(bytes(text), { key: KEY, text: 'hex', padding: 'pkcs7' })).toBeUndefined();
});
