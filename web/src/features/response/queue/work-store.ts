import { type Draft, draftShape } from '../draft.ts';
import type { KeptAct, KeptPhoto, KeptReport, NewAct, QuickReportDraft, SealedPhoto } from './kept-work.ts';
import { withinWork, type WorkTx } from './work-base.ts';

/** What was kept by an earlier version of the page and no longer fits is no draft. */
export async function readDraft(account: string, order: number): Promise<Draft | undefined> {
  const found = await withinWork(['drafts'], 'readonly', (tx) => tx.get('drafts', [account, order]));
  const parsed = draftShape.safeParse(found?.draft);
  return parsed.success ? parsed.data : undefined;
}

export async function writeDraft(account: string, order: number, draft: Draft): Promise<void> {
  await withinWork(['drafts'], 'readwrite', (tx) => tx.put('drafts', { account, order, draft }));
}

export async function removeDraft(account: string, order: number): Promise<void> {
  await withinWork(['drafts'], 'readwrite', (tx) => tx.drop('drafts', [account, order]));
}

/** The acts of one press and the end of its draft are one: neither a crash nor a closed page leaves a part of them. */
export function addActs(acts: readonly NewAct[]): Promise<readonly KeptAct[]> {
  return withinWork(['acts', 'drafts'], 'readwrite', async (tx) => {
    const kept: KeptAct[] = [];
    for (const act of acts) {
      kept.push(await add(tx, act));
      await tx.drop('drafts', [act.account, act.order]);
    }
    return kept;
  });
}

async function add(tx: WorkTx, act: NewAct): Promise<KeptAct> {
  const waiting = { ...act, state: 'waiting', problem: null, endedAt: null } as const;
  return { ...waiting, id: await tx.addAct(waiting) };
}

export async function putAct(act: KeptAct): Promise<void> {
  await withinWork(['acts'], 'readwrite', (tx) => tx.put('acts', act));
}

/** One act takes the place of several that cannot be done any more. */
export async function replaceActs(acts: readonly KeptAct[], by: NewAct): Promise<void> {
  await withinWork(['acts'], 'readwrite', async (tx) => {
    for (const { id } of acts) await tx.drop('acts', id);
    await add(tx, by);
  });
}

export async function removeActs(acts: readonly KeptAct[]): Promise<void> {
  await withinWork(['acts'], 'readwrite', async (tx) => {
    for (const { id } of acts) await tx.drop('acts', id);
  });
}

/** Oldest first. */
export async function readActs(account: string): Promise<readonly KeptAct[]> {
  const acts = await withinWork(['acts'], 'readonly', (tx) => tx.all('acts'));
  return acts.filter((act) => act.account === account);
}

export function readPhoto(id: string): Promise<KeptPhoto | undefined> {
  return withinWork(['photos'], 'readonly', (tx) => tx.get('photos', id));
}

export async function putPhoto(photo: KeptPhoto): Promise<void> {
  await withinWork(['photos'], 'readwrite', (tx) => tx.put('photos', photo));
}

/** Where a picture was taken is known a moment after it is on the phone. */
export async function sealPlace(id: string, place: NonNullable<KeptPhoto['place']>): Promise<void> {
  await withinWork(['photos'], 'readwrite', async (tx) => {
    const photo = await tx.get('photos', id);
    if (photo?.attachment === null) await tx.put('photos', { ...photo, place });
  });
}

export async function removePhotos(ids: readonly string[]): Promise<void> {
  await withinWork(['photos'], 'readwrite', async (tx) => {
    for (const id of ids) await tx.drop('photos', id);
  });
}

/** Oldest first. */
export async function readReports(account: string): Promise<readonly KeptReport[]> {
  const reports = await withinWork(['reports'], 'readonly', (tx) => tx.all('reports'));
  return reports
    .filter((one) => one.account === account)
    .map(asNow)
    .toSorted((a, b) => a.at - b.at);
}

/** An earlier version of the page kept one picture, by another name. */
function asNow(report: KeptReport & { readonly photo?: SealedPhoto | null }): KeptReport {
  const { photo, ...rest } = report;
  return photo ? { ...rest, photos: [photo] } : { ...rest, photos: rest.photos ?? [] };
}

/** The report that somebody has begun and not handed in; undefined where there is none. */
export async function readReportDraft(account: string): Promise<QuickReportDraft | undefined> {
  const [found, taken] = await withinWork(['reportWords', 'reportPhotos'], 'readonly', (tx) =>
    Promise.all([tx.get('reportWords', account), tx.get('reportPhotos', account)]),
  );
  if (!found && !taken) return undefined;
  const nothing = { kind: '', text: '', named: '', spot: null };
  return { ...nothing, ...found?.words, photos: taken?.photos ?? [] };
}

/** Writes the pictures only where they are others than `before`. */
export async function writeReportDraft(
  account: string,
  { photos, ...words }: QuickReportDraft,
  before: readonly SealedPhoto[],
): Promise<void> {
  await withinWork(['reportWords', 'reportPhotos'], 'readwrite', async (tx) => {
    await tx.put('reportWords', { account, words });
    if (photos !== before) await tx.put('reportPhotos', { account, photos });
  });
}

export async function removeReportDraft(account: string): Promise<void> {
  await withinWork(['reportWords', 'reportPhotos'], 'readwrite', async (tx) => {
    await tx.drop('reportWords', account);
    await tx.drop('reportPhotos', account);
  });
}

export async function putReport(report: KeptReport): Promise<void> {
  await withinWork(['reports'], 'readwrite', (tx) => tx.put('reports', report));
}

export async function removeReport(key: string): Promise<void> {
  await withinWork(['reports'], 'readwrite', (tx) => tx.drop('reports', key));
}

/** How much of somebody's lies on this phone that the server has not got. */
export async function countOpen(account: string): Promise<number> {
  const acts = (await readActs(account)).filter(isOpen);
  return acts.length + (await readReports(account)).length;
}

/** Leaves nothing of somebody on this phone but, where asked, what the server has not got yet. */
export async function forgetWork(account: string, keepOpen: boolean): Promise<void> {
  await withinWork(['acts', 'drafts', 'photos'], 'readwrite', async (tx) => {
    const acts = await tx.all('acts');
    const held = acts.filter((one) => keepOpen && one.account === account && isOpen(one));
    for (const act of acts) {
      if (act.account === account && !held.includes(act)) await tx.drop('acts', act.id);
    }
    for (const draft of await tx.all('drafts')) {
      if (draft.account === account) await tx.drop('drafts', [account, draft.order]);
    }
    const needed = new Set(held.flatMap((act) => act.photos));
    for (const photo of await tx.all('photos')) {
      if (photo.account === account && !needed.has(photo.id)) await tx.drop('photos', photo.id);
    }
  });
  await removeReportDraft(account);
  if (!keepOpen) for (const { key } of await readReports(account)) await removeReport(key);
}

/** Neither at the server nor given up. */
export function isOpen(act: KeptAct): boolean {
  return act.state === 'waiting' || act.state === 'conflict';
}
