import { lackingFacts } from '#signs';

import type { CompositeInForce, CompositesInForce } from './composites-in-force.ts';

/** What can be told at an object: elements of its own, and of all within reach of the sign. */
export interface ToldThere {
  readonly own: readonly string[];
  readonly within: readonly string[];
}

/**
 * What nobody there can tell a composite sign, with names; empty where it is judged. One whose condition is flawed (another scenario
 * has taken out what it names) is off everywhere, and says why.
 */
export function missingFacts(
  { ready, faults, body }: CompositeInForce,
  { own, within }: ToldThere,
  { nameOf, signsOf }: Pick<CompositesInForce, 'nameOf' | 'signsOf'>,
): readonly { readonly code: string; readonly name: string; readonly unit: string }[] {
  if (!ready) return faults.map((sentence) => ({ code: body.code, name: sentence, unit: '' }));
  const signsAt = (elements: readonly string[], object: string) =>
    elements.flatMap((element) =>
      signsOf(element)
        .filter(({ sign }) => object !== HERE || sign !== body.code)
        .map((sign) => ({ ...sign, object, distance: 0 })),
    );
  // Whoever counts objects sees enough of them: how many there are is not what is asked.
  const around = Array.from({ length: AROUND }, (_, i) => signsAt(within, `${i}`)).flat();
  const signs = [...signsAt(own, HERE), ...around];
  return lackingFacts(ready.conditions, { object: HERE, signs, elements: new Set([...own, ...within]) }).map(
    (code) => ({ code, ...nameOf(code) }),
  );
}

const HERE = 'here';
const AROUND = 5;
