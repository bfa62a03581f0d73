import { AppError } from '#base';
import { DRILL_MARK, type DrillScript } from '#model/response';
import type { SystemContext } from '#services/context';

import type { MonitoringDesk } from '../desk.ts';
import { loadDevices } from '../device-book.ts';
import { loadElementFacts } from '../recover.ts';
import { bookStandPoint, putStandDevice, putStandObject, putStandPoint } from '../stand-parts.ts';

export interface WantedDrillStand {
  readonly drill: number;
  readonly scenario: number;
  readonly script: DrillScript;
  /** Where each object lies, by its key. */
  readonly places: ReadonlyMap<string, { readonly place: number; readonly town: string }>;
}

/** Objects, points and the device that only this drill has. */
export interface DrillStand {
  readonly device: number;
  readonly points: readonly {
    readonly key: string;
    readonly id: number;
    readonly object: number;
    readonly place: number;
  }[];
}

/**
 * What a drill plays on: objects of its own at real places, so that no real warning ever stands at one of them. Done twice it is done
 * once. Throws `drill.unfit` where the standard does not have an element.
 */
export async function openDrillStand(
  context: SystemContext,
  desk: MonitoringDesk,
  { drill, scenario, script, places }: WantedDrillStand,
): Promise<DrillStand> {
  const groundAt = (key: string) => ({
    scenario,
    place: places.get(key)?.place ?? 0,
    now: context.now(),
  });
  return desk.ingest.exclusively(({ book }) =>
    context.transaction(async (tx) => {
      const [main] = script.objects;
      const code = `YL-${drill}`;
      const device = await putStandDevice(tx, groundAt(main?.key ?? ''), {
        protocol: 'http',
        code,
        settings: {},
      });
      const objects = new Map<string, number>();
      for (const { key, name, lat, lon } of script.objects)
        objects.set(
          key,
          await putStandObject(tx, groundAt(key), {
            code: `${code}-${key}`,
            name: `${DRILL_MARK}${name}`,
            lat,
            lon,
            town: places.get(key)?.town ?? null,
          }),
        );
      const elements = await loadElementFacts(
        tx,
        script.points.map((one) => one.element),
      );
      const points: DrillStand['points'][number][] = [];
      for (const { key, object: at, element: wanted } of script.points) {
        const element = elements.get(wanted);
        if (!element) throw new AppError('drill.unfit', { issues: `没有监测要素 ${wanted}` });
        const object = objects.get(at) ?? 0;
        const ground = groundAt(at);
        const point = { code: `${code}-${at}-${key}`, object, device };
        const id = await putStandPoint(tx, ground, { ...point, element: wanted });
        if (!book.get(id)) bookStandPoint(book, ground, { ...point, id, element });
        points.push({ key, id, object, place: ground.place });
      }
      await loadDevices(tx, desk.devices, [device]);
      return { device, points };
    }),
  );
}
