import type { RecordKind } from './record-kinds.ts';
import type { Zone } from './zones.ts';

/**
 * What is to be held of a route. `list`: the page shows what lies inside and nothing else. `record`: the record in the path
 * is reached inside only. `create`: the body names a place, and one outside is refused. `open`: the same for everybody who
 * has the capability. `own`: one's own session, tokens or deputies, whoever asks. `public`: before signing in.
 */
export type Rule =
  | {
      readonly kind: 'list';
      readonly query?: string | ((zone: Zone) => string);
      /** False where a page may rightly be empty. */
      readonly shows?: boolean;
      /** What stands on the page for a zone, where its name does not. */
      readonly mark?: (zone: Zone) => string;
      /** The use case asks for more than the route does; who lacks that is refused. */
      readonly mayRefuse?: boolean;
    }
  | {
      readonly kind: 'record';
      readonly of: RecordKind;
      readonly query?: string;
      readonly raw?: string;
      /** Where the smallest body would be refused before the record is looked for. */
      readonly body?: object;
    }
  | {
      readonly kind: 'create';
      readonly body?: (zone: Zone) => object;
      readonly query?: (zone: Zone) => string;
      /** How it refuses a place outside, where it tells it among other faults. */
      readonly refusal?: string;
    }
  | { readonly kind: 'open' | 'own' | 'public'; readonly why: string };

export const list = (query = ''): Rule => ({ kind: 'list', query });
export const record = (of: RecordKind, query = ''): Rule => ({ kind: 'record', of, query });
export const open = (why: string): Rule => ({ kind: 'open', why });
export const own = (why: string): Rule => ({ kind: 'own', why });
export const before = (why: string): Rule => ({ kind: 'public', why });

let made = 0;
/** A code nobody has yet. */
export const fresh = (zone: Zone): string => `x-${zone}-${(made += 1)}`;

export const LAW = open('the published standard is law for all');
