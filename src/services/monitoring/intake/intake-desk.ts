import type { SystemContext } from '#services/context';
import type { PictureStore } from '#storage';

import type { MonitoringDesk } from '../desk.ts';

/** What the pushes need: they come from nobody who is signed in, so they work as the system, within what their source reaches. */
export interface IntakeDesk {
  readonly system: SystemContext;
  readonly desk: MonitoringDesk;
  readonly pictures: PictureStore;
}

/** The protocol under which what was refused of a source is counted (`frame_refusal`). */
export const INTAKE = 'intake';
