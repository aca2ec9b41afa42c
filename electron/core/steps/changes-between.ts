/**
 * Reads the commits and migrations between the chosen release and the running one (rule 2), from the checkout and the
 * database. Starts as soon as a release is chosen, takes at most five seconds per query, and nothing waits for it.
 */
import { ROLLBOOK, type IncidentContext } from '#core/engine/incident-context.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { serviceState } from '#shared/incident/services.ts';
import { readMigrations } from '#core/platforms/supabase/migrations-between.ts';
import { quietRead } from '#core/engine/quiet-read.ts';

const LIMIT_MS = 5_000;
const COMMITS_MAX = 50;

type Read = PayloadOf<'changes.read'>;

interface Span {
  readonly fromImage: string;
  readonly toImage: string;
  /** When the chosen release was made, and when the newest one was; ms since the epoch. */
  readonly since: number;
  readonly until: number;
}

/** Records the changes on the timeline. What cannot be read is noted there and does not reject. */
export async function readChanges(context: IncidentContext, service: string): Promise<void> {
  const { state } = context.eventLog;
  const own = serviceState(state, service);
  const choice = own.choice ?? (service === state.declared.service ? state.choice : null);
  const releases = (own.choice === null ? state.releases : own.releases)?.releases ?? [];
  const target = releases.find(({ version }) => version === choice?.version);
  if (choice === null || target === undefined) return;
  const names = {
    ...(choice.from.label === undefined ? {} : { fromLabel: choice.from.label }),
    ...(choice.label === undefined ? {} : { toLabel: choice.label }),
  };
  const between = { service, from: choice.from.version, to: choice.version, ...names };
  const since = target.createdAt;
  if (since === null) {
    const notes = { commits: null, commitsNote: NO_TIMES, migrations: null, migrationsNote: NO_TIMES };
    await context.eventLog.append(ROLLBOOK, [{ kind: 'changes.read', payload: { ...between, ...notes } }]);
    return;
  }
  const until = Math.max(...releases.map(({ createdAt }) => createdAt ?? since));
  const span = { fromImage: choice.from.image, toImage: choice.image, since, until };
  const [commits, migrations] = await Promise.all([
    readCommits(context, span),
    readMigrations(context, span, LIMIT_MS),
  ]);
  const payload = { ...between, ...commits, ...migrations };
  await context.eventLog.append(ROLLBOOK, [{ kind: 'changes.read', payload }]);
}

const NO_TIMES = 'The list of releases gives no times.';
const NO_CHECKOUT = 'No checkout of the repository is set for this runbook on this machine.';

/** The commits between the tags of the two images, if git knows both, or else between the times of the releases. */
async function readCommits(context: IncidentContext, span: Span): Promise<Pick<Read, 'commits' | 'commitsNote'>> {
  const { checkout } = context;
  if (checkout === null) return { commits: null, commitsNote: NO_CHECKOUT };
  const git = async (...args: string[]): Promise<string | null> => {
    const answer = await quietRead(context, ['git', '--no-pager', ...args], {
      timeoutMs: LIMIT_MS,
      signal: context.letGo,
      cwd: checkout,
    });
    return answer?.code === 0 ? answer.stdout : null;
  };
  const known = async (image: string): Promise<string | null> => {
    const label = labelOf(image);
    if (label === null) return null;
    return (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${label}^{commit}`))?.trim() ?? null;
  };
  const [from, to] = await Promise.all([known(span.fromImage), known(span.toImage)]);
  const exact = from !== null && to !== null;
  const range = exact
    ? [`${to}..${from}`]
    : [`--since=${new Date(span.since).toISOString()}`, `--until=${new Date(span.until).toISOString()}`];
  const log = await git('log', `--max-count=${COMMITS_MAX}`, '--format=%H%x1f%ct%x1f%an%x1f%s', ...range);
  if (log === null) return { commits: null, commitsNote: 'git did not answer in the checkout.' };
  const commits = log.split('\n').flatMap((line) => {
    const [hash = '', seconds = '', author = '', subject = ''] = line.split('\u001f');
    if (hash === '') return [];
    return [{ hash, at: Number(seconds) * 1_000, author, subject }];
  });
  const more = commits.length === COMMITS_MAX ? ` The newest ${COMMITS_MAX} of them.` : '';
  const commitsNote = exact
    ? `Between the tags of the two images, from the checkout.${more}`
    : `By the times of the two releases, because the images carry no tag that git knows: some may not be part of it.${more}`;
  return { commits, commitsNote };
}

/** The tag of an image, unless it is one of Fly's own (`deployment-01J...`), which git cannot know. */
function labelOf(image: string): string | null {
  const label = /:([\w][\w.-]{0,127})(?:@|$)/.exec(image)?.[1] ?? null;
  return label === null || label.startsWith('deployment-') ? null : label;
}
