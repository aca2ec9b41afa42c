import { saysNo } from '#shared/incident/checklist.ts';
import { refuse } from '../../engine/incident-context.ts';

/** What is confirmed with "no" is not confirmed. Code: `not-allowed`. */
export function mustNotSayNo(observed: string): void {
  if (saysNo(observed))
    throw refuse(
      `"${observed.trim()}" confirms nothing, so nothing was recorded.`,
      'Say what you see, or answer that it is not so.',
    );
}
