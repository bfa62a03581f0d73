import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** timestamptz: read as epoch milliseconds, written as a Date. */
export type Moment = ColumnType<number, Date, Date>;
export type MaybeMoment = ColumnType<number | null, Date | null | undefined, Date | null>;
/** A moment the database fills in. */
export type GivenMoment = ColumnType<number, Date | undefined, Date>;
/** jsonb: read as a value, written as JSON text. */
export type Json<T extends object | null> = JSONColumnType<T>;
/** With a default of its own. */
export type GeneratedJson<T extends object> = JSONColumnType<T, string | undefined>;
export type { Generated };
