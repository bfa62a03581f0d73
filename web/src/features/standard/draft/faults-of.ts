import type { StandardDraftDetail } from '#contract/standard';

type Fault = StandardDraftDetail['faults'][number];

const PART = /^(signs|handbook)\[(\d+)\]\.?(.*)$/u;

interface PartFault {
  /** Where in the part. */
  readonly rest: string;
  readonly message: string;
}

function faultsOfPart(
  faults: readonly Fault[],
  kind: 'signs' | 'handbook',
  index: number,
): readonly PartFault[] {
  return faults.flatMap(({ path, message }) => {
    const found = PART.exec(path);
    return found?.[1] === kind && Number(found[2]) === index ? [{ rest: found[3] ?? '', message }] : [];
  });
}

/** Faults of one sign by its place in the document. */
export function faultsOfSign(faults: readonly Fault[], index: number): readonly PartFault[] {
  return faultsOfPart(faults, 'signs', index);
}

/** Faults of one entry of the handbook by its place in the document. */
export function faultsOfEntry(faults: readonly Fault[], index: number): readonly PartFault[] {
  return faultsOfPart(faults, 'handbook', index);
}

/** Faults that stand neither at a sign nor at an entry of the handbook. */
export function otherFaults(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ path }) => !PART.test(path));
}
