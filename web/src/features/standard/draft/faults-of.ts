import type { StandardDraftDetail } from '#contract/standard';

type Fault = StandardDraftDetail['faults'][number];

/** Lists of the document whose faults stand beside their rows. */
export type PartKind = 'signs' | 'composites' | 'handbook' | 'elements' | 'items' | 'parameters';

const PART = /^(signs|composites|handbook|elements|items|parameters)\[(\d+)\]\.?(.*)$/u;

interface PartFault {
  /** Where in the part. */
  readonly rest: string;
  readonly message: string;
}

/** Faults of one row of a list by its place in the document. */
export function faultsOfPart(faults: readonly Fault[], kind: PartKind, index: number): readonly PartFault[] {
  return faults.flatMap(({ path, message }) => {
    const found = PART.exec(path);
    return found?.[1] === kind && Number(found[2]) === index ? [{ rest: found[3] ?? '', message }] : [];
  });
}

/** The sentences that stand at a field (`range`, `basis`) and those that stand at none of these fields. */
export function atFields(
  found: readonly PartFault[],
  fields: readonly string[],
): { readonly at: (field: string) => readonly string[]; readonly elsewhere: readonly string[] } {
  return {
    at: (field) => found.filter(({ rest }) => rest.startsWith(field)).map(({ message }) => message),
    elsewhere: found
      .filter(({ rest }) => !fields.some((field) => rest.startsWith(field)))
      .map(({ message }) => message),
  };
}

/** How many faults a list has. */
export function countOf(faults: readonly Fault[], kind: PartKind): number {
  return faults.filter(({ path }) => PART.exec(path)?.[1] === kind).length;
}

/** Faults that stand at no row of a list. */
export function otherFaults(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ path }) => !PART.test(path));
}
