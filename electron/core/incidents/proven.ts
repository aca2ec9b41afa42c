/** What looking at a step's post-condition came to. */
export type Proven =
  | { readonly kind: 'met' }
  | { readonly kind: 'unmet' | 'unknown' | 'nothing'; readonly why: string };
