import { AppError } from '#base';
import { ENTITY_SETS, parseSubscription } from '#contract/monitoring';
import type { MqttReader } from '#gateways/mqtt';
import { type Actor, type Ground, RequestContext } from '#services/context';
import {
  EntityFeed,
  type GatewayLedger,
  ObservationFeed,
  openEntityTopic,
  openObservationTopic,
} from '#services/monitoring';

import type { Config } from './config.ts';
import type { Log } from './log.ts';

/** What is told to those who listen by MQTT: readings as they are stored, entities as they change. */
export interface Feeds {
  readonly observations: ObservationFeed;
  readonly entities: EntityFeed;
}

/** What listeners miss is counted with the gateway. */
export function openFeeds(ledger: GatewayLedger, log: Log): Feeds {
  return {
    observations: new ObservationFeed({
      dropped: (n) => ledger.framesRefused('mqtt', 'feed-full', undefined, n),
      failed: (error) => log.warn('订阅的监测点没有核对成，稍后再核', error),
    }),
    entities: new EntityFeed((error) => log.warn('实体的变更没有告诉订阅者，稍后再试', error)),
  };
}

/** What somebody who may read can listen to by MQTT; undefined for whoever may not, or still owes a new password. */
export function sensorThingsReader(
  parts: { readonly ground: Ground; readonly feeds: Feeds; readonly config: Config },
  actor: Actor,
): MqttReader | undefined {
  if (!actor.rights.has('reading.read') || actor.owes !== undefined) return undefined;
  const { feeds } = parts;
  const root = serviceRoot(parts.config);
  return {
    listen: async (topic, tell) => {
      try {
        const context = new RequestContext(parts.ground, actor);
        const asked = parseSubscription(topic);
        if (asked.set === ENTITY_SETS.Observations)
          return await feeds.observations.subscribe(await openObservationTopic(context, asked, root), tell);
        return feeds.entities.subscribe(await openEntityTopic(context, asked, root), tell);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'sensorthings.invalid') return 'subscription-invalid';
        return error.code === 'sensorthings.unsupported' ? 'subscription-unsupported' : 'subscription-denied';
      }
    },
  };
}

/** MQTT does not say by which name it was called: links lead to the address of the settings. */
function serviceRoot({ publicUrl, tls, bind, httpPort }: Config): string {
  return `${publicUrl ?? `${tls ? 'https' : 'http'}://${bind}:${httpPort}`}/v1.1`;
}
