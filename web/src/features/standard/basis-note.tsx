import type { Basis } from '#model/standard';
import type { ReactElement } from 'react';

import { TAG_TEXT, TEXT } from './text.ts';

/** Said wherever a value is shown whose ground has not been read in the source. */
export function Unverified(): ReactElement {
  return (
    <span className="origin-tag" title={TEXT.unverifiedWhy}>
      {TEXT.unverified}
    </span>
  );
}

/** 制订依据 on demand; whether it is verified is seen at once. */
export function BasisNote({ basis, open }: { readonly basis: Basis; readonly open?: boolean }): ReactElement {
  return (
    <details className="basis-note" open={open}>
      <summary>
        {TEXT.basis} {!basis.verified && <Unverified />}
      </summary>
      <BasisLines basis={basis} />
    </details>
  );
}

function BasisLines({ basis }: { readonly basis: Basis }): ReactElement {
  const { tag, document, clause, url, note } = basis;
  return (
    <>
      <p>
        <span className="quiet">{TAG_TEXT[tag]}</span> {document} {clause}
      </p>
      {note !== undefined && <p className="quiet">{note}</p>}
      {url !== undefined && <p className="quiet standard-url">{url}</p>}
    </>
  );
}
