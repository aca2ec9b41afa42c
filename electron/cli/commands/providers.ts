/** `rollbook providers`: "is it us, or is it Fly or Supabase?", asked of their public status pages. */
import { providerText } from '#shared/platforms/status-page.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

/** 0 when all work, 1 when one names an incident, 3 when one could not be asked. */
export async function providers(terminal: Terminal, core: OpenCore, json: boolean): Promise<ExitCode> {
  const asked = await core.services.providers();
  print(terminal, json, { providers: asked }, () =>
    asked
      .map((each) => `${providerText(each)}${each.standing.kind === 'operational' ? '' : `  ${each.page}`}`)
      .join('\n'),
  );
  if (asked.some(({ standing }) => standing.kind === 'incident')) return EXIT.failed;
  return asked.some(({ standing }) => standing.kind === 'unasked') ? EXIT.environment : EXIT.ok;
}
