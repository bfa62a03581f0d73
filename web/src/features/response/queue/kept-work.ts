import type { socialRoutes } from '#contract/monitoring';
import type { WorkOrderAction } from '#model/response';
import type { z } from 'zod';

import type { Draft } from '../draft.ts';

/** A picture on this phone, until it has gone with an act. */
export interface KeptPhoto {
  readonly id: string;
  readonly account: string;
  readonly order: number;
  readonly step: string | null;
  readonly name: string;
  readonly blob: Blob;
  /** Sealed as it was taken: when, where, and what the bytes were; null where the phone may not or cannot say. */
  readonly takenAt: number;
  readonly place: Draft['location'] | null;
  readonly sha256: string | null;
  /** Its id at the server, once it is there. */
  readonly attachment: number | null;
}

/** What somebody did to an order and the server does not know yet. */
export interface KeptAct {
  /** Grows with each act: the order in which they were done. */
  readonly id: number;
  readonly account: string;
  readonly order: number;
  readonly code: string;
  readonly object: string;
  readonly action: WorkOrderAction | 'supplement';
  /** The body as it is sent, but for pictures and moments. */
  readonly content: object;
  /** As it was typed, to be mended where it is refused. */
  readonly draft: Draft;
  readonly photos: readonly string[];
  readonly idempotencyKey: string;
  readonly at: number;
  readonly state: 'waiting' | 'conflict' | 'sent' | 'dropped';
  /** Why it was refused. */
  readonly problem: { readonly code: string; readonly text: string } | null;
  /** When it was sent or given up. */
  readonly endedAt: number | null;
}
export type NewAct = Omit<KeptAct, 'id' | 'state' | 'problem' | 'endedAt'>;

export interface KeptDraft {
  readonly account: string;
  readonly order: number;
  readonly draft: Draft;
}

type ReportBody = Omit<z.input<typeof socialRoutes.reportEvent.body>, 'key' | 'observedAt'>;

/** A picture as it was taken, and what its bytes were; null where the browser does not sum. */
export interface SealedPhoto {
  readonly blob: Blob;
  readonly sha256: string | null;
}

/** What somebody has chosen, said and taken (随手报), and not yet reported. */
export interface QuickReportDraft {
  readonly kind: string;
  readonly text: string;
  /** What it is called where it is. */
  readonly named: string;
  readonly spot: {
    readonly lat: number;
    readonly lon: number;
    readonly accuracy?: number | undefined;
  } | null;
  readonly photos: readonly SealedPhoto[];
}

/** Its words and its pictures lie apart: no letter that is typed writes the pictures anew. */
export interface KeptReportWords {
  readonly account: string;
  readonly words: Omit<QuickReportDraft, 'photos'>;
}
export interface KeptReportPhotos {
  readonly account: string;
  readonly photos: readonly SealedPhoto[];
}

/** Something that somebody reports, until it has arrived whole. */
export interface KeptReport {
  /** By which the server knows one that comes again. */
  readonly key: string;
  readonly account: string;
  readonly body: ReportBody;
  /** Those that have not arrived. */
  readonly photos: readonly SealedPhoto[];
  readonly at: number;
  /** Its number at the server, once the words are there. */
  readonly id: number | null;
  readonly state: 'waiting' | 'refused';
  /** Why it, or its picture, was refused. */
  readonly problem: string | null;
}
