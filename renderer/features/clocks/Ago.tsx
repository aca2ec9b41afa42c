import { useIncidentNow } from '../../stores/use-incident.ts';
import { ago } from '../../ui/time.ts';

/** "12 s ago" in incident time. It alone renders as time passes, not the component around it. */
export const Ago = ({ at }: { readonly at: number }) => ago(useIncidentNow() - at);
