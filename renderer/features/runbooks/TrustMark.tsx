import { Mark } from '../../ui/marks.tsx';

export const TrustMark = ({ trusted }: { readonly trusted: boolean }) => (
  <Mark
    {...(trusted
      ? { shape: 'hollow-tick', tone: 'person', word: 'trusted' }
      : { shape: 'question', tone: 'caution', word: 'to be reviewed' })}
  />
);
