import type { ChannelSettings } from '#contract/command';
import type { ReceiptReading, ReceiptRequest } from '#outlets/call';
import { readDingtalkReceipt } from '#outlets/dingtalk';
import { readPhoneReceipt } from '#outlets/phone';
import { readWecomReceipt } from '#outlets/wecom';

/** What came to a channel's address for receipts: checked for whose it is and how old, then read. */
export function readReceipt(settings: ChannelSettings, request: ReceiptRequest): ReceiptReading {
  switch (settings.kind) {
    case 'wecom':
      return readWecomReceipt(settings, request);
    case 'dingtalk':
      return readDingtalkReceipt(settings, request);
    case 'sms':
    case 'voice':
    case 'flash':
      return readPhoneReceipt(settings, request);
    case 'wecom-robot':
    case 'dingtalk-robot':
    case 'mail':
    case 'webhook':
    case 'web-push':
      // They tell nothing afterwards.
      return { kind: 'refused', reason: 'not-set' };
    default:
      return settings satisfies never;
  }
}
