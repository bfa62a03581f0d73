import type { ThemeConfig } from 'antd';

/** The faces of the usual systems; nothing is loaded. Canvas pictures name it too. */
export const FONT =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif';

/** A calm light desk. The primary colour is a teal and faults are plum, so that red … blue stay the levels' own. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: '#0e5f63',
    colorLink: '#0b5a73',
    colorError: '#7b2d5b',
    colorWarning: '#5f5a4a',
    colorInfo: '#40606b',
    colorSuccess: '#2c6e4f',
    colorErrorBg: '#f8eef4',
    colorErrorBorder: '#d5b3c6',
    colorWarningBg: '#f6f4ed',
    colorWarningBorder: '#d6d1c1',
    colorInfoBg: '#ecf2f3',
    colorInfoBorder: '#bfd0d4',
    colorSuccessBg: '#edf5f0',
    colorSuccessBorder: '#b9d3c6',
    colorText: '#18242b',
    colorTextSecondary: '#4c5c66',
    colorTextTertiary: '#5f6e77',
    colorTextDescription: '#4c5c66',
    colorTextPlaceholder: '#63727b',
    colorBgLayout: '#f3f5f6',
    colorBorder: '#c3ccd1',
    colorBorderSecondary: '#e1e6e9',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: FONT,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { controlHeightLG: 48 },
  },
};

/** What a thumb must be able to hit, in px (WCAG 2.5.5). */
const THUMB = 44;
/** The same desk under a thumb: everything that is pressed is large enough, also what is small at a desk. */
export const TOUCH_THEME: ThemeConfig = {
  token: { ...THEME.token, controlHeight: THUMB, controlHeightSM: THUMB },
  components: {
    ...THEME.components,
    Segmented: { trackPadding: 0 },
    // Seven days stand beside each other.
    DatePicker: { controlHeightSM: 24 },
  },
};
