/**
 * Tells each probe to the windows at the moment it was made. The timeline gets them in batches (sample-log.ts), which a
 * window would otherwise see up to 75 seconds late.
 */
import type { LiveProbe } from '#shared/api/pushes.ts';

export class LiveProbes {
  #followers = new Set<(probe: LiveProbe) => void>();

  tell(probe: LiveProbe): void {
    for (const follower of this.#followers) follower(probe);
  }

  /** Returns the function that ends it. */
  follow(follower: (probe: LiveProbe) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }
}
