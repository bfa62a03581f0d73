/** Longitude and latitude in degrees, WGS 84 (GeoJSON's order). */
export type Position = readonly [lon: number, lat: number];
/** A closed ring: its last position is its first. */
export type Ring = readonly Position[];
/** The outer ring, then holes. */
export type Polygon = readonly Ring[];

export interface BoundingBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** A territory made of polygons, with the box around it. */
export interface Area {
  readonly polygons: readonly Polygon[];
  readonly box: BoundingBox;
}

/** Builds an area; without polygons nothing lies in it. */
export function areaOf(polygons: readonly Polygon[]): Area {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of polygons.flatMap((polygon) => polygon[0] ?? [])) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return { polygons, box: { west, south, east, north } };
}

/** Does the point lie in one of the area's polygons and in none of that polygon's holes? */
export function contains(area: Area, point: Position): boolean {
  return inBox(area.box, point) && area.polygons.some((polygon) => inPolygon(polygon, point));
}

/** Does the point lie in the box, widened on each side by `margin` degrees? */
export function inBox({ west, south, east, north }: BoundingBox, [lon, lat]: Position, margin = 0): boolean {
  return lon >= west - margin && lon <= east + margin && lat >= south - margin && lat <= north + margin;
}

/** Even-odd rule over all rings at once, so that a hole takes back what its outer ring gave. */
function inPolygon(polygon: Polygon, [lon, lat]: Position): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let i = 1; i < ring.length; i += 1) {
      const [x1, y1] = ring[i - 1] ?? [0, 0];
      const [x2, y2] = ring[i] ?? [0, 0];
      // Half-open in latitude: a ray through a corner crosses exactly one of its two edges.
      if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
    }
  }
  return inside;
}
