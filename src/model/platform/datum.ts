/** Reference systems of coordinates as they are met: GPS; the offset one of Amap and Tencent; Baidu's on top of it. */
export const DATUMS = ['WGS84', 'GCJ02', 'BD09'] as const;
export type Datum = (typeof DATUMS)[number];
