import { open, record, type Rule } from './rule.ts';

const HOUSE = open(
  'the house’s records are reconciled as a whole; which ones are named is judged by row-level security',
);

/** Of chain tests, reconciliations and watchdogs. */
export const ALIVE_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/chain-tests': { kind: 'list', shows: false },
  'GET /api/v1/chain-tests/{id}': record('chain-test'),
  'POST /api/v1/chain-tests': open('a scenario outside is refused; see chain-tests.test.ts'),
  'GET /api/v1/reconciliations': HOUSE,
  'GET /api/v1/reconciliations/{id}/mismatches': HOUSE,
  'POST /api/v1/reconciliations': HOUSE,
  'GET /api/v1/watchdogs': open('whoever watches the house watches all of it'),
  'POST /api/v1/watchdogs/{name}/retire': open('whoever watches the house watches all of it'),
};
