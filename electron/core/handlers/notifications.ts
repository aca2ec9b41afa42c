import type { Rows } from './handler.ts';

export const NOTIFICATIONS: Rows<'notify.channels'> = {
  'notify.channels': ({ incidents }, { incidentId }) => {
    const notifier = incidents.notifierOf(incidentId);
    return { live: notifier.has('live'), drill: notifier.has('drill') };
  },
};
