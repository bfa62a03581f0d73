import type { SystemContext } from '#services/context';
import {
  endMarkedSessions,
  type MonitoringDesk,
  openDrillStand,
  openMarkedSession,
  tellDrillPoints,
} from '#services/monitoring';
import { locateSpots } from '#services/platform';
import {
  drillsToOpen,
  drillsToTell,
  type DrillToOpen,
  moveDrills,
  noteTold,
  sessionsToEnd,
  takeStand,
} from '#services/response';

/** What drills stand on. */
interface DrillGround {
  readonly system: SystemContext;
  readonly desk: MonitoringDesk;
}

/**
 * One round of the drills (演练): what was started gets its stand and its session, scripts go on, points tell what they have to, and
 * sessions of those that are over end. Everything is in the tables, so a new process goes on where the old one was.
 */
export async function runDrills({ system, desk }: DrillGround): Promise<void> {
  for (const drill of await drillsToOpen(system)) await open({ system, desk }, drill);
  await moveDrills(system);
  for (const { id, session, values } of await drillsToTell(system)) {
    const at = system.now();
    await tellDrillPoints(desk, { session, at, values });
    await noteTold(system, { id, at, values });
  }
  const sessions = await sessionsToEnd(system);
  if (sessions.length > 0) await endMarkedSessions(system, desk, { kind: 'drill', sessions });
}

async function open({ system, desk }: DrillGround, drill: DrillToOpen): Promise<void> {
  const { objects } = drill.script;
  const found = await locateSpots(system, objects);
  const places = new Map(objects.map(({ key }, i) => [key, found[i] ?? { place: 0, town: '' }]));
  const { id, scenario, script, name } = drill;
  const { device, points } = await openDrillStand(system, desk, { drill: id, scenario, script, places });
  const session = await openMarkedSession(system, desk, { name, kind: 'drill', device });
  await takeStand(system, drill, { session, points });
}
