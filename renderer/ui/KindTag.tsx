/** LIVE or DRILL, hatched when it is a drill. */
export const KindTag = ({ kind }: { readonly kind: 'live' | 'drill' }) => (
  <span className={`kind kind--${kind}`}>{kind === 'live' ? 'LIVE' : 'DRILL'}</span>
);
