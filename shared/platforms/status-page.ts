/**
 * Reads a provider's public status page, to answer "is it us or is it Fly?". Both pages are Atlassian Statuspages, whose
 * `/api/v2/summary.json` names the overall state, the unresolved incidents and the maintenance under way
 * (metastatuspage.com/api).
 */
import { z } from 'zod';

export type ProviderId = 'fly' | 'supabase';

/** `unasked`: the page was not reached, was too slow, or answered something else. */
export type ProviderStanding =
  | { readonly kind: 'operational' }
  | { readonly kind: 'incident'; readonly names: readonly string[] }
  | { readonly kind: 'unasked'; readonly why: string };

export interface ProviderStatus {
  readonly id: ProviderId;
  readonly title: string;
  /** Address for people. */
  readonly page: string;
  readonly standing: ProviderStanding;
  /** ms since the epoch. */
  readonly askedAt: number;
}

const named = z.object({ name: z.string(), status: z.string().optional() });
const summary = z.object({
  status: z.object({ indicator: z.string(), description: z.string() }),
  incidents: z.array(named).optional(),
  scheduled_maintenances: z.array(named).optional(),
});

const OVER: ReadonlySet<string> = new Set(['resolved', 'postmortem', 'completed', 'scheduled']);
const MAX_CHARS = 160;

/** Never throws: anything but a summary is `unasked`. */
export function readSummary(body: string): ProviderStanding {
  const read = summary.safeParse(parsed(body));
  if (!read.success) return { kind: 'unasked', why: 'the page answered something that is no status summary' };
  const { status, incidents = [], scheduled_maintenances: maintenances = [] } = read.data;
  const going = [...incidents, ...maintenances].filter((each) => !OVER.has(each.status ?? ''));
  const names = going.map(({ name }) => oneLine(name));
  if (names.length > 0) return { kind: 'incident', names };
  return status.indicator === 'none'
    ? { kind: 'operational' }
    : { kind: 'incident', names: [oneLine(status.description)] };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Text from outside, as one line without control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const oneLine = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim()
    .slice(0, MAX_CHARS);

/** The status in words: `Fly.io: operational`. */
export function providerText({ title, standing }: ProviderStatus): string {
  switch (standing.kind) {
    case 'operational':
      return `${title}: operational`;
    case 'incident':
      return `${title}: ${standing.names.join('; ')}`;
    case 'unasked':
      return `${title}: could not be asked (${standing.why})`;
  }
}
