import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { CallError } from '../../app/call.ts';
import { changedFields, type Clash, type Draft, rebase } from './draft.ts';

interface EditOptions<Rec> {
  readonly record: Rec;
  readonly draftOf: (record: Rec) => Draft;
  /** Sends the fields that were changed, with the version of the record they were changed on. */
  readonly send: (changed: Draft, record: Rec, draft: Draft) => Promise<Rec>;
  /** The record as it is now, after somebody else has saved. */
  readonly reload: () => Promise<Rec>;
  readonly onSaved: (record: Rec) => void;
}

export interface Edit {
  readonly draft: Draft;
  readonly set: (field: string, value: string) => void;
  readonly dirty: boolean;
  readonly save: () => void;
  readonly pending: boolean;
  readonly error: Error | null;
  /** Set once somebody else has saved meanwhile, until the next try. */
  readonly conflict: { readonly taken: readonly string[]; readonly clashes: readonly Clash[] } | undefined;
  readonly takeTheirs: (clash: Clash) => void;
}

/** A form over one record. A change by somebody else in between is shown and merged; what was typed stays. */
export function useEdit<Rec>({ record, draftOf, send, reload, onSaved }: EditOptions<Rec>): Edit {
  const [base, setBase] = useState(record);
  const [draft, setDraft] = useState<Draft>(() => draftOf(record));
  const [conflict, setConflict] = useState<Edit['conflict']>();
  const changed = changedFields(draftOf(base), draft);
  const saving = useMutation({
    mutationFn: async () => {
      try {
        const part = Object.fromEntries(changed.map((field) => [field, draft[field] ?? '']));
        return await send(part, base, draft);
      } catch (error) {
        if (!(error instanceof CallError) || error.code !== 'record.changed') throw error;
        const current = await reload();
        const rebased = rebase(draftOf(base), draft, draftOf(current));
        setBase(current);
        setDraft(rebased.draft);
        setConflict({ taken: rebased.taken, clashes: rebased.clashes });
        return undefined;
      }
    },
    onSuccess: (saved) => {
      if (saved !== undefined) onSaved(saved);
    },
  });
  return {
    draft,
    set: (field, value) => setDraft({ ...draft, [field]: value }),
    dirty: changed.length > 0,
    save: () => {
      setConflict(undefined);
      saving.mutate();
    },
    pending: saving.isPending,
    error: saving.error,
    conflict,
    takeTheirs: ({ field, theirs }) => {
      setDraft({ ...draft, [field]: theirs });
      setConflict(
        conflict && { ...conflict, clashes: conflict.clashes.filter((clash) => clash.field !== field) },
      );
    },
  };
}
