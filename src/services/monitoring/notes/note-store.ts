import { type DeviceNote, isWrongClock, type NoteKeeper } from '#model/monitoring';
import { announce, type SystemContext } from '#services/context';
import type { PictureStore, Tx } from '#storage';
import { sql } from 'kysely';

import { storable } from '../intake/keep-message.ts';

interface Parts {
  readonly system: SystemContext;
  readonly pictures: PictureStore;
}

interface Stored {
  readonly id: number;
  readonly place: number | null;
  readonly scenarios: readonly number[];
  readonly code: string;
}

/** Keeps what devices send besides numbers (图文报): pictures under the data folder first, then their rows in one transaction. */
export class NoteStore implements NoteKeeper {
  readonly #system: SystemContext;
  readonly #pictures: PictureStore;

  constructor({ system, pictures }: Parts) {
    this.#system = system;
    this.#pictures = pictures;
  }

  async keep(notes: readonly DeviceNote[]): Promise<void> {
    const hashes: (string | null)[] = [];
    for (const note of notes) {
      hashes.push(note.kind === 'picture' ? await this.#pictures.put(note.picture) : null);
    }
    const now = this.#system.now();
    await this.#system.transaction(async (tx) => {
      for (const [i, note] of notes.entries()) await store(tx, note, { hash: hashes[i] ?? null, now });
    });
  }
}

/** What was kept before is neither kept nor told again. */
async function store(
  tx: Tx,
  note: DeviceNote,
  { hash, now }: { readonly hash: string | null; readonly now: number },
): Promise<void> {
  const { device, observedAt, kind } = note;
  // A recording has its own time; a live clock that is wrong must not put a picture decades ahead of all others.
  const at = device.session === 0 && isWrongClock(now - observedAt) ? now : observedAt;
  const text = note.kind === 'text' ? storable(note.text) : null;
  const bytes = note.kind === 'picture' ? note.picture.length : null;
  const entries = note.kind === 'text' ? note.values : [];
  const { rows } = await sql<Stored>`
    insert into device_note (device_id, kind, observed_at, received_at, at, picture, picture_bytes, text, entries,
      replay_session_id, simulated, place, scenarios)
    select d.id, ${kind}, ${new Date(observedAt)}, ${new Date(now)}, ${new Date(at)}, ${hash}, ${bytes}, ${text},
      ${JSON.stringify(entries)}, ${device.session === 0 ? null : device.session}, d.simulated, d.place, d.scenarios
    from device d where d.id = ${device.id}
    on conflict do nothing
    returning id, place, scenarios, ${device.code}::text as code`.execute(tx);
  const told = rows.flatMap(({ id, place, scenarios, code }) =>
    (scenarios.length === 0 ? [null] : scenarios).map((scenario) => ({
      type: 'device.noted',
      at: now,
      place,
      scenario,
      payload: { id, text: code },
    })),
  );
  await announce(tx, told);
}
