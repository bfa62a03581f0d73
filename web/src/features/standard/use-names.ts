import { useQuery } from '@tanstack/react-query';

import { elementsQuery, parametersQuery } from './queries.ts';
import { type Names, namesOf } from './words.ts';

/** What parameters and states are called in the standard in force; codes stand until it is loaded. */
export function useNames(scenario: string | undefined): Names {
  const parameters = useQuery(parametersQuery(scenario)).data ?? [];
  const elements = useQuery(elementsQuery(scenario)).data ?? [];
  return namesOf(parameters, elements);
}
