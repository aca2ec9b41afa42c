import { useConnection } from '../stores/connection.ts';
import { dismissNotices, useNotices } from '../stores/notices.ts';
import { useOverview } from '../stores/overview.ts';
import { Button } from '../ui/Button.tsx';
import { InlineCode } from '../ui/InlineCode.tsx';

/** Failures and what to do about them, until a person dismisses them. */
export function NoticeBar() {
  const all = useNotices((state) => state.notices);
  // Failures that the emergency bar or the offline bar shows are not repeated.
  const said = useOverview(({ info }) => info?.emergency?.problem.message);
  const lost = useConnection(({ why }) => why?.message);
  const notices = all.filter(({ message }) => message !== said && message !== lost);
  if (notices.length === 0) return null;
  return (
    <div className="notices" role="alert">
      <ul className="stack stack--tight">
        {notices.map((notice) => (
          <li key={notice.message}>
            <strong>
              <InlineCode text={notice.message} />
            </strong>{' '}
            <InlineCode text={notice.advice ?? ''} />
          </li>
        ))}
      </ul>
      <Button onClick={dismissNotices}>Dismiss</Button>
    </div>
  );
}
