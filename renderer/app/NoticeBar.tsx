import type { Failure } from '#shared/api/result.ts';
import { useConnection } from '../stores/connection.ts';
import { dismissNotices, useNotices } from '../stores/notices.ts';
import { useOverview } from '../stores/overview.ts';
import { Button } from '../ui/Button.tsx';
import { InlineCode } from '../ui/marks.tsx';

/** The newest failure and what to do about it; the ones before it are folded away, so that the bar keeps its height. */
export function NoticeBar() {
  const all = useNotices((state) => state.notices);
  // Failures that the emergency bar or the offline bar shows are not repeated.
  const said = useOverview(({ info }) => info?.emergency?.problem.message);
  const lost = useConnection(({ why }) => why?.message);
  const notices = all.filter(({ message }) => message !== said && message !== lost);
  const newest = notices.at(-1);
  if (newest === undefined) return null;
  const before = notices.slice(0, -1);
  return (
    <div className="notices" role="alert">
      <div className="stack stack--tight">
        <Notice failure={newest} />
        {before.length === 0 ? null : (
          <details className="small">
            <summary>{before.length} before it</summary>
            <ul className="stack stack--tight">
              {before.map((notice) => (
                <li key={notice.message}>
                  <Notice failure={notice} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <Button onClick={dismissNotices}>Dismiss</Button>
    </div>
  );
}

const Notice = ({ failure: { message, advice } }: { readonly failure: Failure }) => (
  <p>
    <strong>
      <InlineCode text={message} />
    </strong>{' '}
    <InlineCode text={advice ?? ''} />
  </p>
);
