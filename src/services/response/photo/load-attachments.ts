import type { WorkOrderDetail } from '#contract/response';
import type { Tx } from '#storage';
import { type RawBuilder, sql } from 'kysely';

export type Attachment = WorkOrderDetail['entries'][number]['attachments'][number];

interface AttachmentRow {
  readonly entry: number | null;
  readonly shown: Attachment;
}

/** Attachments as `where` picks them, without their bytes, in the order in which they came. */
export async function loadAttachments(tx: Tx, where: RawBuilder<unknown>): Promise<readonly AttachmentRow[]> {
  const { rows } = await sql<Attachment & { readonly entry: number | null }>`
    select id, entry_id as entry, name, media_type as "mediaType", length(content) as bytes, at, by, taken_at as "takenAt",
      case when lat is not null then json_build_object('lat', lat, 'lon', lon, 'accuracy', accuracy) end as place
    from attachment where ${where} order by id`.execute(tx);
  return rows.map(({ entry, ...shown }) => ({ entry, shown }));
}
