import { type StandardDraftDetail, versionRoutes } from '#contract/standard';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { call, CallError } from '../../../app/call.ts';
import { draftQuery } from '../queries.ts';
import type { Document } from './sign-draft.ts';

/** Where a part stands in a document. */
export interface PartPlace<Part> {
  readonly read: (document: Document) => Part;
  readonly write: (document: Document, part: Part) => Document;
}

interface SavePart<Part> {
  /** The draft that what is typed will be put into. */
  readonly base: StandardDraftDetail;
  readonly save: (part: Part, done: (saved: StandardDraftDetail) => void) => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** Somebody saved first: the part as they left it, null where they did not touch it. */
  readonly conflict: { readonly theirs: Part | null } | undefined;
}

/**
 * Puts one part (a sign, an entry of the handbook) into the draft. The whole document travels, so somebody else's saving in
 * between is taken over first, and shown where it was the same part; the next try then counts.
 */
export function useSavePart<Part>(opened: StandardDraftDetail, place: PartPlace<Part>): SavePart<Part> {
  const client = useQueryClient();
  const [base, setBase] = useState(opened);
  const [conflict, setConflict] = useState<SavePart<Part>['conflict']>();
  const saving = useMutation({
    mutationFn: async (part: Part) => {
      setConflict(undefined);
      try {
        return await call(versionRoutes.updateStandardDraft, {
          params: { id: base.id },
          body: { version: base.version, document: place.write(base.document, part) },
        });
      } catch (error) {
        if (!(error instanceof CallError) || error.code !== 'record.changed') throw error;
        const current = await client.fetchQuery({ ...draftQuery(base.id), staleTime: 0 });
        const before = JSON.stringify(place.read(base.document));
        const theirs = place.read(current.document);
        setConflict({ theirs: theirs && JSON.stringify(theirs) !== before ? theirs : null });
        setBase(current);
        return undefined;
      }
    },
  });
  return {
    base,
    save: (part, done) =>
      saving.mutate(part, {
        onSuccess: (saved) => {
          if (!saved) return;
          setBase(saved);
          client.setQueryData(draftQuery(saved.id).queryKey, saved);
          void client.invalidateQueries({ queryKey: ['standard'] });
          done(saved);
        },
      }),
    pending: saving.isPending,
    error: saving.error,
    conflict,
  };
}
