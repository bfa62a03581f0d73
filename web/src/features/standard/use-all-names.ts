import { unitText } from '#model/standard';
import { useQuery } from '@tanstack/react-query';

import { elementsQuery, signsQuery } from './queries.ts';

export interface Called {
  readonly name: string;
  readonly unit?: string;
}

/** Scenarios, items, signs and elements of every standard in force, by their code. Empty until they are loaded. */
export function useAllNames(): ReadonlyMap<string, Called> {
  const signs = useQuery(signsQuery(undefined)).data ?? [];
  const elements = useQuery(elementsQuery(undefined)).data ?? [];
  return new Map<string, Called>([
    ...signs.flatMap(({ scenario, scenarioName, item, itemName, code, name }): [string, Called][] => [
      [scenario, { name: scenarioName }],
      [item, { name: itemName }],
      [code, { name }],
    ]),
    ...elements.map(({ code, name, unit }): [string, Called] => [code, { name, unit: unitText(unit) }]),
  ]);
}
