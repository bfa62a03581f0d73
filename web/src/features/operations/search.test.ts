import { expect, test } from 'vitest';

import { readFaultSearch } from './search.ts';

test('an address says what is shown; what it says wrongly is left out', () => {
  expect(readFaultSearch({ show: 'mine', state: 'resolved', kind: 'device-silent', fault: '12' })).toEqual({
    show: 'mine',
    state: 'resolved',
    kind: 'device-silent',
    fault: 12,
  });
  expect(readFaultSearch({ show: 'everything', state: 7, kind: '', scenario: '  ', fault: '-1' })).toEqual(
    {},
  );
  expect(readFaultSearch({ search: '井'.repeat(80) }).search).toHaveLength(50);
});
