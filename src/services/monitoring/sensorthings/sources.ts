import type { SetName } from '#contract/monitoring';
import { type RawBuilder, sql } from 'kysely';

/** Sets that are tables; Observations are read from the history. */
export type TabledSet = Exclude<SetName, 'Observations'>;

/** The Sensor of points that hang on no device. Above any device's number: to some clients an id of 0 is none. */
const NO_DEVICE = 2_147_483_647;

const position = (object: string): RawBuilder<unknown> =>
  sql`jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(${sql.ref(`${object}.lon`)}, ${sql.ref(`${object}.lat`)}))`;

const place = sql`select o.id, o.id as thing, o.name, '监测对象“' || o.name || '”的位置' ||
    case when o.place_approximate then '（所在居村，大致）' else '' end as description,
  'application/geo+json' as "encodingType", ${position('o')} as shape,
  jsonb_build_object('approximate', o.place_approximate) as properties from monitored_object o`;

/**
 * Each set as a table: `id`, the properties of `ENTITY_SETS` by their names, and the columns its relations go by. Row-level
 * security of the tables beneath is the scope.
 */
export const SOURCES: Readonly<Record<TabledSet, RawBuilder<unknown>>> = {
  Things: sql`select o.id, o.name, coalesce(nullif(o.address, ''), '监测对象 ' || o.code) as description,
      jsonb_build_object('code', o.code, 'town', o.town, 'village', o.village, 'address', o.address,
        'scenarios', (select jsonb_agg(s.code order by s.id) from scenario s where s.id = any(o.scenarios)),
        'retired', o.retired_at is not null, 'simulated', o.simulated) as properties
    from monitored_object o`,
  Locations: sql`select id, thing, name, description, "encodingType", shape as location, properties from (${place}) l`,
  FeaturesOfInterest: sql`select id, thing, name, description, "encodingType", shape as feature, properties from (${place}) l`,
  // Where an object stood before is not kept: none is told.
  HistoricalLocations: sql`select null::int as id, null::int as thing, null::timestamptz as time where false`,
  Datastreams: sql`select p.id, p.object_id as thing, coalesce(p.device_id, ${NO_DEVICE}::int) as sensor, p.element_code as element, p.id as datastream,
      o.name || ' · ' || e.name as name, '监测点 ' || p.code as description,
      'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement' as "observationType",
      jsonb_build_object('name', e.unit, 'symbol', e.unit, 'definition', null) as "unitOfMeasurement",
      ${position('o')} as "observedArea",
      jsonb_build_object('code', p.code, 'simulated', p.simulated) as properties
    from point p join monitored_object o on o.id = p.object_id join element e on e.code = p.element_code`,
  // A Datastream has exactly one Sensor; points that are written by HTTP hang on no registered device.
  Sensors: sql`select d.id, d.id as sensor, d.code as name, '设备 ' || d.code || '（' || d.protocol || '）' as description,
      'text/plain' as "encodingType", d.protocol as metadata,
      jsonb_build_object('code', d.code, 'protocol', d.protocol, 'simulated', d.simulated) as properties
    from device d
    union all select ${NO_DEVICE}::int, ${NO_DEVICE}::int, '未登记设备', '读数由接口直接写入，没有登记设备', 'text/plain', 'http',
      jsonb_build_object('code', null, 'protocol', 'http', 'simulated', false)`,
  ObservedProperties: sql`select e.code as id, e.name, e.name || '，单位 ' || e.unit as description, 'urn:puan:element:' || e.code as definition,
      jsonb_build_object('code', e.code, 'unit', e.unit, 'sensing', e.sensing, 'periodSeconds', e.period_seconds,
        'rangeMin', e.range_min, 'rangeMax', e.range_max) as properties
    from element e`,
};
