/**
 * Kinds of action items: against this incident (mitigate, repair) or the next one. Apart from the schemas because
 * windows import it.
 */
export const ACTION_TYPES = ['mitigate', 'repair', 'detect', 'prevent', 'process'] as const;
export const ACTION_PRIORITIES = ['high', 'normal', 'low'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];
export type ActionPriority = (typeof ACTION_PRIORITIES)[number];
