import { AppError } from '#base';
import type { MqttReader } from '#gateways/mqtt';
import { type Actor, type Ground, RequestContext } from '#services/context';
import { type GatewayLedger, ObservationFeed, openObservationTopic } from '#services/monitoring';

import type { Config } from './config.ts';
import type { Log } from './log.ts';

/** What is stored, for those who listen; what they miss is counted with the gateway. */
export function openFeed(ledger: GatewayLedger, log: Log): ObservationFeed {
  return new ObservationFeed({
    dropped: (n) => ledger.framesRefused('mqtt', 'feed-full', undefined, n),
    failed: (error) => log.warn('订阅的监测点没有核对成，稍后再核', error),
  });
}

/** What somebody who may read can listen to by MQTT; undefined for whoever may not, or still owes a new password. */
export function observationReader(
  parts: { readonly ground: Ground; readonly feed: ObservationFeed; readonly config: Config },
  actor: Actor,
): MqttReader | undefined {
  if (!actor.rights.has('reading.read') || actor.owes !== undefined) return undefined;
  return {
    listen: async (topic, tell) => {
      try {
        const opened = await openObservationTopic(
          new RequestContext(parts.ground, actor),
          topic,
          serviceRoot(parts.config),
        );
        return await parts.feed.subscribe(opened, tell);
      } catch (error) {
        if (error instanceof AppError) return undefined;
        throw error;
      }
    },
  };
}

/** MQTT does not say by which name it was called: links lead to the address of the settings. */
function serviceRoot({ publicUrl, tls, bind, httpPort }: Config): string {
  return `${publicUrl ?? `${tls ? 'https' : 'http'}://${bind}:${httpPort}`}/v1.1`;
}
