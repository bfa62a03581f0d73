import type { gatewayRoutes } from '#contract/monitoring';
import type { DeviceCommand } from '#model/monitoring';
import type { z } from 'zod';

import { momentOf } from '../../../app/beijing-input.ts';
import { DEVICE_DETAIL_TEXT } from './text.ts';

type Kind = DeviceCommand['kind'];
export type CommandBody = z.input<typeof gatewayRoutes.commandDevice.body>;

/** A command as it is typed. */
export interface CommandDraft {
  readonly kind: Kind;
  readonly seconds: string;
  readonly minutes: string;
  readonly method: string;
  /** JSON. */
  readonly params: string;
  readonly metric: string;
  readonly value: string;
  /** As a field of date and time gives them, of Beijing. */
  readonly from: string;
  readonly to: string;
  readonly period: 'minute' | 'hour' | 'day';
}

export function emptyDraft(kind: Kind): CommandDraft {
  const asked = { method: '', params: '{}', metric: '', value: '' };
  return { kind, seconds: '60', minutes: '10', from: '', to: '', period: 'minute', ...asked };
}

type Checked = { readonly body: CommandBody } | { readonly fault: string };

const whole = (text: string, least: number, most: number): number | undefined => {
  const value = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const CHECKS: Readonly<Record<Kind, (draft: CommandDraft) => Checked>> = {
  'set-clock': () => ({ body: { kind: 'set-clock' } }),
  'query-now': () => ({ body: { kind: 'query-now' } }),
  'query-picture': () => ({ body: { kind: 'query-picture' } }),
  'query-text': () => ({ body: { kind: 'query-text' } }),
  'set-interval': ({ seconds }) => {
    const value = whole(seconds, 30, 3600);
    return value === undefined
      ? { fault: DEVICE_DETAIL_TEXT.badSeconds }
      : { body: { kind: 'set-interval', seconds: value } };
  },
  'duty-check': ({ minutes }) => {
    const value = whole(minutes, 1, 255);
    return value === undefined
      ? { fault: DEVICE_DETAIL_TEXT.badMinutes }
      : { body: { kind: 'duty-check', minutes: value } };
  },
  rpc: ({ method, params }) => {
    if (method.trim() === '') return { fault: DEVICE_DETAIL_TEXT.badMethod };
    if (!isJson(params)) return { fault: DEVICE_DETAIL_TEXT.badParams };
    return { body: { kind: 'rpc', method: method.trim(), params } };
  },
  rebirth: () => ({ body: { kind: 'rebirth' } }),
  'write-metric': ({ metric, value }) => {
    if (metric.trim() === '') return { fault: DEVICE_DETAIL_TEXT.badMetric };
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) return { fault: DEVICE_DETAIL_TEXT.badValue };
    return { body: { kind: 'write-metric', metric: metric.trim(), value: number } };
  },
  'back-fill': ({ from, to, period }) => {
    const begin = momentOf(from);
    const end = momentOf(to);
    return begin === null || end === null || end <= begin
      ? { fault: DEVICE_DETAIL_TEXT.badSpan }
      : { body: { kind: 'back-fill', from: begin, to: end, period } };
  },
};

/** What is to be sent, or the sentence that says what is wrong with it. */
export function checkDraft(draft: CommandDraft): Checked {
  return CHECKS[draft.kind](draft);
}
