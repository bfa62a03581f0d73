/** What pushes by HTTP (接入源): operator clouds, boxes that recognise, analyses, reports of people. */
export const INTAKE_KINDS = ['ctwing', 'onenet', 'video', 'analytics', 'social'] as const;
export type IntakeKind = (typeof INTAKE_KINDS)[number];

export const INTAKE_KIND_TEXT: Readonly<Record<IntakeKind, string>> = {
  ctwing: 'CTWing（中国电信）',
  onenet: 'OneNET（中国移动）',
  video: '视频智能识别',
  analytics: '大数据分析',
  social: '社会感知',
};

/** How a source shows that it is the one: a token in the address or a header, a signature over the body, OneNET's own. */
export const INTAKE_AUTHS = ['url', 'header', 'hmac', 'onenet'] as const;
export type IntakeAuth = (typeof INTAKE_AUTHS)[number];

export const INTAKE_AUTH_TEXT: Readonly<Record<IntakeAuth, string>> = {
  url: '地址里的令牌（?token=）',
  header: '请求头（Puan-Token）',
  hmac: '签名（Puan-Signature，HMAC-SHA256）',
  onenet: 'OneNET 签名（msg_signature）',
};

/** How a sender writes a moment: epoch seconds or milliseconds, or a text (`2026-11-30 08:00:00`, with or without a zone). */
export const TIME_UNITS = ['ms', 's', 'iso'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Kinds of number in the bytes of a transparent product (透传): unsigned, signed, IEEE 754; big-endian unless `le`. */
export const APPDATA_TYPES = [
  'u8',
  'i8',
  'u16',
  'i16',
  'u32',
  'i32',
  'f32',
  'u16le',
  'i16le',
  'u32le',
  'i32le',
  'f32le',
] as const;
export type AppdataType = (typeof APPDATA_TYPES)[number];

/** One number in the bytes: where it begins, what it is. Scale and offset are the device's factor map. */
export interface AppdataField {
  readonly factor: string;
  readonly at: number;
  readonly type: AppdataType;
}

/** A field that has a certain text. */
export interface FieldEquals {
  readonly at: string;
  readonly equals: string;
}

/**
 * Where a box writes what (取值表). Ways lead through the document: `a.b.0.c`; texts may be put together, `a|b`, `a+b`, `a+b;c`. `list`
 * leads to the events where one push carries several; the other ways are then looked for in each of them, then in the whole.
 */
export interface VideoMapping {
  readonly list?: string | undefined;
  readonly eventId?: string | undefined;
  readonly time?: string | undefined;
  readonly timeUnit: TimeUnit;
  readonly camera: string;
  readonly kind: string;
  readonly kindName?: string | undefined;
  readonly confidence?: string | undefined;
  readonly box?: string | undefined;
  readonly image?: string | undefined;
  /** All of these hold: a sign of life, no event. */
  readonly heartbeat?: readonly FieldEquals[] | undefined;
  /** Holds: what was seen is over. */
  readonly ended?: FieldEquals | undefined;
}

/** What is set for a source. */
export interface IntakeSettings {
  readonly mapping?: VideoMapping | undefined;
  readonly layout?: readonly AppdataField[] | undefined;
  /** Repeats of one kind at one camera within this time (s) of the last are the same event. */
  readonly collapseSeconds?: number | undefined;
}

/** Unless a source says otherwise. */
export const COLLAPSE_SECONDS = 60;
