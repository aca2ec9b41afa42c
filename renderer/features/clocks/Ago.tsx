import { useIncidentNow } from '../../stores/use-incident.ts';
import { ago } from '../../ui/time.ts';

/** "12 s ago" in incident time. A component of its own, so that only it renders as time passes. */
export const Ago = ({ at }: { readonly at: number }) => ago(useIncidentNow() - at);
