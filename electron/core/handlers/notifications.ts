import type { Rows } from './table.ts';

export const NOTIFICATIONS: Rows<'notify.channels'> = {
  'notify.channels': ({ notifier }) => ({ live: notifier.has('live'), drill: notifier.has('drill') }),
};
