import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import { tell } from '../../stores/notices.ts';
import { changeSetting } from '../../stores/settings.ts';
import { forgetRunbookChecks } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';
import { dateTime } from '../../ui/time.ts';

/** Programs that the runbook check may run with `--help`. The approval is for the file as it was then. */
export function ApprovedPrograms({ programs }: { readonly programs: readonly ApprovedProgram[] }) {
  if (programs.length === 0) return null;
  const revoke = async (tool: string): Promise<void> => {
    const failure = await changeSetting({ what: 'revoke-program', tool });
    if (failure === null) forgetRunbookChecks();
    else tell(failure);
  };
  return (
    <section className="settings__part" aria-labelledby="settings-programs">
      <h2 id="settings-programs">Programs that may be asked for their help</h2>
      <p className="soft small">
        The check runs them with --help and --version. A changed file has to be allowed again.
      </p>
      <ul className="boxed-list" aria-label="Approved programs">
        {programs.map(({ tool, path, sha256, by, at }) => (
          <li key={tool} className="settings__row">
            <span className="strong">{tool}</span>
            <span className="settings__from">
              <code>{path}</code>
              <span className="small soft">
                sha256 {sha256.slice(0, 12)}, allowed by {by} on {dateTime(at)}
              </span>
            </span>
            <Button aria-label={`Take back: ${tool}`} onClick={() => void revoke(tool)}>
              Take back
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
