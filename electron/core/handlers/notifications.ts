import type { Rows } from './handler.ts';

export const NOTIFICATIONS: Rows<'notify.channels'> = {
  'notify.channels': ({ desk }, { incidentId }) => {
    const notifier = desk.notifierOf(incidentId);
    return { live: notifier.has('live'), drill: notifier.has('drill') };
  },
};
