/** Why equipment is not listened to: 检修, 标定, or 停用 (ISA-18.2 §5.2.3: out of service). */
export const SERVICE_KINDS = ['maintenance', 'calibration', 'out-of-service'] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

export const SERVICE_KIND_TEXT: Readonly<Record<ServiceKind, string>> = {
  maintenance: '检修',
  calibration: '标定',
  'out-of-service': '停用',
};

/** What a window of service is over. */
export const SERVICE_SUBJECTS = ['device', 'point', 'object'] as const;

/** What is out of service is looked at again each week, or becomes a fault (ISA-18.2 §11.6: no removal without review). */
export const SERVICE_REVIEW_MS = 7 * 86_400_000;
