/**
 * The door: the one way for anything that leaves the core for a disk, a window, a terminal, the clipboard, a
 * notification, Slack or an export. Secrets are taken out here and nowhere else. Who uses it: the store (events and
 * rows), output-store.ts (streams), connect-window.ts (answers and pushes), reports.ts, notifier.ts, the command line's
 * terminal and the desktop's notices.
 * Before it only what is cut short, compared with what is stored, or written past these is sent through it (pasted output,
 * the index of the search, acts kept beside the store, the head of a bundle); what is merely appended is not.
 *
 * Hidden characters are made visible at the far end of each way, because a disk has to keep what was printed:
 * renderer/bridge.ts for windows and what is copied from them, cli/terminal.ts for terminals, `outside` for all else.
 *
 * Not through it goes what must stay as it is: a runbook's own text, which is pinned by its hash and reviewed before it
 * is trusted; the events of another machine, which its chain covers; and SQL and dumps, which are files of the person.
 */
import { RollbookError } from '#shared/api/result.ts';
import { redactor as makeRedactor, type Redactor } from '#shared/redaction/redactor.ts';
import { safeToShow } from '#shared/words/visible.ts';

export interface Door {
  readonly text: (text: string) => string;
  /** A JSON value with all of its texts; what has none to change is the very same object. */
  readonly value: <T>(value: T) => T;
  /** A text for where no other end makes hidden characters visible: a notification, a title, Slack, a report, a log. */
  readonly outside: (text: string) => string;
  /** For a stream: hides the secrets that are known now. */
  readonly redactor: () => Redactor;
  /** Values that are secret from now on. */
  readonly learn: (secrets: readonly string[]) => void;
  /** Refuses what has to be stored exactly and has a secret in it. Code: `bad-arguments`, without the secret. */
  readonly mustBeOpen: (what: string, text: string, advice: string) => void;
}

/**
 * Names that acts are compared by: ids, hashes and choices. They are Rollbook's own or the runbook's, and a secret that
 * has the same text (a service named like a password) must not part an event from what it is about. What has the shape
 * of a secret is taken out of them too.
 */
const NAMES = /^(?:id|.*Id|.*Ids|kind|services?|hash|.*Hash|sha256|image|.*Image|severity|project|actor|session|boot)$/;
/** This many checked texts are remembered: most texts of an incident repeat. */
const REMEMBERED = 4_000;
const REMEMBERED_LENGTH = 300;
const SHORTEST = 6;
/** ULIDs, hashes and short plain words. */
const IDS = /^(?:[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{64}|[a-z][a-z.-]{0,24})$/;
/** Knows no values. */
const byShape = makeRedactor([]);

function kept(items: readonly unknown[], clean: (item: unknown) => unknown): readonly unknown[] {
  const all = items.map(clean);
  return all.every((item, index) => item === items[index]) ? items : all;
}

export function openDoor(secrets: readonly string[] = []): Door {
  const known = new Set(secrets);
  let redactor = makeRedactor([...known]);
  let seen = new Map<string, string>();
  /** Events never change: one that was looked at is not looked at again when a window opens. */
  let events = new WeakMap<object, unknown>();

  const text = (given: string): string => {
    if (given.length < SHORTEST) return given;
    const before = seen.get(given);
    if (before !== undefined) return before;
    const clean = redactor.redact(given).text;
    if (given.length <= REMEMBERED_LENGTH) {
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(given, clean);
    }
    return clean;
  };

  const ofNames = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.length < SHORTEST || IDS.test(value) ? value : byShape.redact(value).text;
    return Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? kept(value, ofNames)
      : cleaned(value);
  };

  const cleaned = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      return kept(value, cleaned);
    }
    if (events.has(value)) return events.get(value);
    const entries = Object.entries(value).map(
      ([name, part]) => [name, NAMES.test(name) ? ofNames(part) : cleaned(part)] as const,
    );
    const given = value as Readonly<Record<string, unknown>>;
    const clean = entries.every(([name, part]) => part === given[name]) ? value : Object.fromEntries(entries);
    if ('payload' in value && 'seq' in value) events.set(value, clean);
    return clean;
  };

  return {
    text,
    value: (value) => cleaned(value) as typeof value,
    outside: (given) => safeToShow(text(given), 'leave-out'),
    redactor: () => redactor,
    learn(values) {
      const before = known.size;
      for (const value of values) known.add(value);
      if (known.size === before) return;
      redactor = makeRedactor([...known]);
      seen = new Map();
      events = new WeakMap();
    },
    mustBeOpen(what, given, advice) {
      if (text(given) === given) return;
      throw new RollbookError(
        'bad-arguments',
        `${what} has a secret in it, and is stored as it is: ${text(given)}.`,
        advice,
      );
    },
  };
}
