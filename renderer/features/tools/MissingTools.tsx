import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { useLiveTools } from './live-tools.ts';
import './missing-tools.css';

/** Warns about tools that are not installed, before a command needs them. */
export function MissingTools() {
  const { state } = useIncident();
  const { found, lookAgain } = useLiveTools();
  const missing = (found ?? []).filter(({ path }) => path === null).map(({ tool }) => tool);
  if (missing.length === 0 || state.resolvedAt !== null) return null;
  const names = missing.join(' and ');
  return (
    <div className="notice notice--bad missing-tools" role="alert" aria-label="Missing tools">
      <p className="strong">
        {names} {missing.length === 1 ? 'is' : 'are'} not on the PATH that commands get: what needs{' '}
        {missing.length === 1 ? 'it' : 'them'} cannot run here.
      </p>
      <p>
        {missing.includes('fly') ? 'Install flyctl (https://fly.io/docs/flyctl/install), ' : `Install ${names}, `}
        or copy each command, run it where the tool is, and record it with “I ran it”. Its result is checked all the
        same.
      </p>
      <Button onClick={lookAgain}>Look again</Button>
    </div>
  );
}
