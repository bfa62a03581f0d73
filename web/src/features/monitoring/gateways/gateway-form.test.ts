import { expect, test } from 'vitest';

import { fieldsOf, limitsOf, portOf } from './gateway-form.ts';

test('limits go to the form and come back as they were; what is left empty keeps its default', () => {
  const limits = { connections: 200, idleMs: 600_000 };
  expect(fieldsOf(limits)).toEqual({ connections: '200', connectionsPerAddress: '', idleMinutes: '10' });
  expect(limitsOf(fieldsOf(limits))).toEqual({ limits });
  expect(limitsOf(fieldsOf({}))).toEqual({ limits: {} });
});

test.each(['0', '-1', '1.5', '三十', '1e3'])('a limit of %s is refused, by the name of its field', (text) => {
  expect(limitsOf({ connections: '', connectionsPerAddress: text, idleMinutes: '' })).toEqual({
    fault: '同一地址的连接数要写大于零的整数，或留空。',
  });
});

test.each([
  ['8213', 8213],
  [' 502 ', 502],
  ['0', undefined],
  ['65536', undefined],
  ['80a', undefined],
])('a port typed as %j is %j', (text, port) => {
  expect(portOf(text)).toBe(port);
});
