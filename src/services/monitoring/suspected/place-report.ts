import type { SocialReport } from '#contract/monitoring';
import { type LatLon, toWgs84 } from '#model/platform';
import type { Tx } from '#storage';
import { sql } from 'kysely';

/** Where a report is. Coordinates are WGS 84. */
export interface ReportPlace {
  readonly object: number | null;
  readonly place: number | null;
  readonly scenario: number | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly simulated: boolean;
}

/** An object this near (degrees of latitude, about 100 m) is what the report is about. */
const AT_THE_OBJECT = 0.0009;
/** Degrees of longitude are shorter than those of latitude; at 31.2° by this factor. */
const LON_FACTOR = 0.855;

/**
 * By the object that is told, by coordinates (the object there, else the nearest town), by a name found among objects and then
 * among towns; undefined where none of them leads anywhere.
 */
export async function placeReport(tx: Tx, report: SocialReport): Promise<ReportPlace | undefined> {
  const at = coordinatesOf(report);
  const object = await findObject(tx, report, at);
  if (object) return { ...object, ...at };
  const place = await findTown(tx, report, at);
  if (place === undefined && !at) return undefined;
  const spot = at ?? { lat: null, lon: null };
  return { object: null, place: place ?? null, scenario: null, ...spot, simulated: false };
}

async function findObject(
  tx: Tx,
  report: SocialReport,
  at: LatLon | undefined,
): Promise<ReportPlace | undefined> {
  if (report.object !== undefined) return objectOf(tx, sql`o.code = ${report.object}`);
  return (at && (await objectAt(tx, at))) ?? objectNamed(tx, report.place);
}

async function findTown(tx: Tx, report: SocialReport, at: LatLon | undefined): Promise<number | undefined> {
  return (await townNamed(tx, report.place)) ?? (at && (await townNear(tx, at)));
}

function coordinatesOf({ lat, lon, datum }: SocialReport): LatLon | undefined {
  return lat === undefined || lon === undefined ? undefined : toWgs84({ lat, lon }, datum);
}

async function objectOf(tx: Tx, condition: ReturnType<typeof sql>): Promise<ReportPlace | undefined> {
  const { rows } = await sql<ReportPlace>`
    select o.id as object, o.place, o.scenarios[1] as scenario, o.lat, o.lon, o.simulated from monitored_object o
    where o.retired_at is null and ${condition} limit 1`.execute(tx);
  return rows[0];
}

function objectAt(tx: Tx, { lat, lon }: LatLon): Promise<ReportPlace | undefined> {
  return objectOf(
    tx,
    sql`o.lat between ${lat - AT_THE_OBJECT} and ${lat + AT_THE_OBJECT}
      and o.lon between ${lon - AT_THE_OBJECT / LON_FACTOR} and ${lon + AT_THE_OBJECT / LON_FACTOR}
      order by (o.lat - ${lat}) ^ 2 + ((o.lon - ${lon}) * ${LON_FACTOR}) ^ 2`,
  );
}

/** The longest name that stands in what was told, or that it stands in. */
async function objectNamed(tx: Tx, name: string | undefined): Promise<ReportPlace | undefined> {
  if (name === undefined) return undefined;
  return objectOf(
    tx,
    sql`(strpos(${name}, o.name) > 0 or length(${name}) >= 4 and strpos(o.name, ${name}) > 0) order by length(o.name) desc, o.id`,
  );
}

async function townNamed(tx: Tx, name: string | undefined): Promise<number | undefined> {
  if (name === undefined) return undefined;
  const { rows } = await sql<{ place: number }>`
    select place from platform where kind in ('town','village') and place is not null and strpos(${name}, name) > 0
    order by kind = 'village' desc, length(name) desc limit 1`.execute(tx);
  return rows[0]?.place;
}

async function townNear(tx: Tx, { lat, lon }: LatLon): Promise<number | undefined> {
  const { rows } = await sql<{ place: number }>`
    select place from platform where kind = 'town' and lat is not null and place is not null
    order by (lat - ${lat}) ^ 2 + ((lon - ${lon}) * ${LON_FACTOR}) ^ 2 limit 1`.execute(tx);
  return rows[0]?.place;
}
