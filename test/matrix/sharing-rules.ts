import { list, open, record, type Rule } from './rule.ts';

/** Of what others take from the platform. */
export const SHARING_RULES: Readonly<Record<string, Rule>> = {
  'GET /api/v1/reading-exports': {
    kind: 'create',
    query: (zone) => `?point=m-${zone}&from=${Date.now() - 3_600_000}&to=${Date.now()}&format=csv`,
  },
  'GET /v1.1': open('tells the entity sets and the clauses that are met'),
  'GET /v1.1/{entities}': list('?$top=1000&$expand=Datastreams'),
  'GET /v1.1/{entities}/{path}': record('object', '?$expand=Thing,Observations($top=1)'),
};
