/** What an action does: against this incident's effects (mitigate, repair), or against the next one's. */
export const ACTION_TYPES = ['mitigate', 'repair', 'detect', 'prevent', 'process'] as const;
export const ACTION_PRIORITIES = ['high', 'normal', 'low'] as const;
export type ActionType = (typeof ACTION_TYPES)[number];
export type ActionPriority = (typeof ACTION_PRIORITIES)[number];
