interface Described {
  readonly label: string;
  readonly help: string;
  /** Set at the district's own platform alone: one store of data has one time. */
  readonly districtOnly?: true;
}

export interface NumberSetting extends Described {
  readonly type: 'number';
  readonly unit: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Below, only values up to the one set above: a limit of security or privacy is made stricter, never laxer. */
  readonly tightenOnly: boolean;
}

export interface TextSetting extends Described {
  readonly type: 'text';
  readonly default: string;
  readonly pattern: RegExp;
  readonly shape: string;
}

export interface ListSetting extends Described {
  readonly type: 'list';
  readonly default: readonly string[];
  readonly most: number;
  readonly longest: number;
}

export type SettingDefinition = NumberSetting | TextSetting | ListSetting;
export type SettingValue = number | string | readonly string[];
