/** Parts that the event schemas of several topics share. */
import { z } from 'zod';

export const text = z.string();
/** Milliseconds since the epoch of the incident's clock. */
export const time = z.number();
export const severity = z.enum(['P0', 'P1', 'P2', 'P3']);

/** The image a machine runs; `version` is null when no release is known for it. `label`: its name, outside of Fly. */
export const image = z.object({
  version: z.number().nullable(),
  label: text.optional(),
  image: text,
  digest: text.nullable(),
});
export type ImageFact = z.infer<typeof image>;

/** One rule of a post-condition, and what was found. */
export const finding = z.object({ rule: text, met: z.boolean(), detail: text });
