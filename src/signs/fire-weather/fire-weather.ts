/** What the three fuel layers remember from day to day. */
export interface FuelMoisture {
  /** 细小可燃物湿度码 FFMC: litter, 0–101, dries within a day. */
  readonly ffmc: number;
  /** 腐殖质湿度码 DMC: loose duff, about twelve days. */
  readonly dmc: number;
  /** 干旱码 DC: deep compact layers, about fifty days. */
  readonly dc: number;
}

/** Noon weather of one day (12:00 local standard time), as the system asks for it. */
export interface NoonWeather {
  /** 1–12. */
  readonly month: number;
  /** °C. */
  readonly temperature: number;
  /** %. */
  readonly relativeHumidity: number;
  /** km/h at 10 m in the open. */
  readonly wind: number;
  /** mm of the 24 h up to noon. */
  readonly rain: number;
  /** Degrees, north positive: chooses the day lengths. */
  readonly latitude: number;
}

/** One day's answer: the moisture that goes on to the next day, and what is made of it. */
export interface FireWeather {
  readonly state: FuelMoisture;
  /** 初始蔓延指数. */
  readonly isi: number;
  /** 累积指数. */
  readonly bui: number;
  /** 火险天气指数. */
  readonly fwi: number;
  /** 日火险严重度, the one that may be averaged over days. */
  readonly dsr: number;
}
