import {
  BESIDE_REASONS,
  type DataReason,
  dataReason,
  DOUBT_GOOD,
  DOUBT_POOR,
  isBeside,
} from '#model/monitoring';
import type { SystemContext } from '#services/context';
import type { Tx } from '#storage';
import { sql } from 'kysely';

import type { MonitoringDesk } from '../desk.ts';
import type { PointBook } from '../point-book.ts';
import { closeDays } from './close-days.ts';
import { findDisagreement } from './find-disagreement.ts';
import { findImprobable } from './find-improbable.ts';
import { Lasting } from './lasting.ts';
import { loadServiceWindows } from './load-service-windows.ts';
import { OnlineMinutes } from './online-minutes.ts';
import { settleFindings } from './settle-findings.ts';

/**
 * Looks over all points beside the hot path, once a minute: counts the minutes they are online, compares neighbours, and keeps the
 * findings of poor data. Hysteresis both ways, so that what swings is said once.
 */
export class QualityWatch {
  readonly #minutes = new OnlineMinutes();
  /** Why a point is poor by its own readings. */
  readonly #poor = new Map<number, DataReason>();
  /** Those that look poor beside others, or beside their own past. */
  readonly #beside = { neighbour: new Lasting(), improbable: new Lasting() } as const;
  #book: PointBook | undefined;

  async round(system: SystemContext, desk: MonitoringDesk): Promise<void> {
    const now = system.now();
    const { book } = desk.ingest;
    await system.transaction(async (tx) => {
      book.checks.serve(await loadServiceWindows(tx, now));
      await closeDays(tx, now);
      if (this.#book !== book) await this.#recall(tx, book);
      this.#judge(book);
      this.#beside.neighbour.look(await findDisagreement(tx, book, now));
      this.#beside.improbable.look(await findImprobable(tx, book, now));
      await settleFindings(tx, { book, reasons: this.#reasons() }, now);
      await this.#minutes.count(tx, book, now);
    });
  }

  /** Writes down the minutes that are not yet written. */
  async stop(system: SystemContext): Promise<void> {
    await system.transaction((tx) => this.#minutes.flush(tx));
  }

  /** A new book remembers no doubt: what was found poor stays so until its readings say otherwise. */
  async #recall(tx: Tx, book: PointBook): Promise<void> {
    const { rows } = await sql<{ reason: DataReason; points: number[] }>`
      select reason, point_ids as points from quality_finding where ended_at is null`.execute(tx);
    for (const { reason, points } of rows) {
      for (const point of points) {
        if (isBeside(reason)) this.#beside[reason].recall(point);
        else {
          this.#poor.set(point, reason);
          book.checks.doubt[point] = Math.max(DOUBT_POOR, book.checks.doubt[point] ?? 0);
        }
      }
    }
    this.#book = book;
  }

  #judge(book: PointBook): void {
    for (const { id } of book.points()) {
      const doubt = book.session[id] === 0 ? (book.checks.doubt[id] ?? 0) : 0;
      if (doubt < DOUBT_GOOD) this.#poor.delete(id);
      else if (doubt > DOUBT_POOR && !this.#poor.has(id)) {
        const reason = dataReason(book.checks.doubtMarks[id] ?? 0);
        if (reason !== undefined) this.#poor.set(id, reason);
      }
    }
  }

  #reasons(): readonly (readonly [number, DataReason])[] {
    const beside = BESIDE_REASONS.flatMap((reason) =>
      [...this.#beside[reason]].map((id) => [id, reason] as const),
    );
    return [...this.#poor, ...beside];
  }
}
