import { expect, test } from 'vitest';

import { localPath } from './local-path.ts';

test.each([
  ['/', '/'],
  ['/warnings/17', '/warnings/17'],
  ['/orders?state=open&search=%E7%A7%AF%E6%B0%B4#top', '/orders?state=open&search=%E7%A7%AF%E6%B0%B4#top'],
  ['/orders?search=积水', '/orders?search=%E7%A7%AF%E6%B0%B4'],
  ['/orders?next=https://a.example/', '/orders?next=https://a.example/'],
  ['/a/../map', '/map'],
])('%s is a page of ours', (given, wanted) => {
  expect(localPath(given)).toBe(wanted);
});

test.each([
  '',
  'map',
  'https://evil.example/',
  'javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/ /evil.example',
  '/%2f%2fevil.example',
  '/%2fevil.example',
  '/%5cevil.example',
  '/%252f%252fevil.example',
  '/%09/evil.example',
  '/a\\b',
  '/x/..//evil.example',
  '/./\u202E/evil',
  '/%zz',
  '/\ud800',
  '/api/v1/identity/start',
  '/API/v1/session',
])('%j could lead elsewhere and is no address of ours', (given) => {
  expect(localPath(given)).toBeUndefined();
});
