/**
 * Between adding up what several say (1) and hearing the loudest (∞): what two of them see is worse than what one sees,
 * but not twice as bad, for they look at the same readings.
 */
export const TOGETHER = 1.5;
