import type { ReactElement } from 'react';

interface OfStandardProps {
  readonly row: { readonly scenarioName: string; readonly standard: string };
}

/** The scenario and the version a row stands in. */
export function OfStandard({ row }: OfStandardProps): ReactElement {
  return (
    <>
      {row.scenarioName} <span className="quiet figures standard-version">{row.standard}</span>
    </>
  );
}
