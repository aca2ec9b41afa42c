/** Every intent and what carries it out. The compiler refuses a kind without a row. */
import type { Intent } from '#shared/incident/intent.ts';
import type { Act, Plan, Scene } from '../scene.ts';
import { DATABASE_ACTS } from './database.ts';
import { DECISIONS } from './decisions.ts';
import { EFFECTS } from './effects.ts';

const ACTS: { readonly [K in Intent['kind']]: Act<K> } = { ...DECISIONS, ...EFFECTS, ...DATABASE_ACTS };

/** What the intent becomes in the present state. Codes: `not-allowed`, `not-found`, `no-release`. */
export function planFor(scene: Scene, intent: Intent, actor: string): Plan {
  const act = ACTS[intent.kind] as (scene: Scene, intent: Intent, actor: string) => Plan;
  return act(scene, intent, actor);
}
