/**
 * Replaces secrets in text before it is stored, shown, copied or exported.
 * Applying it twice changes nothing more, and nothing that it let through is a secret by its own rules.
 */

import { keyBlocks } from './key-blocks.ts';
import { secretForms } from './known-secrets.ts';
import { RULES } from './rules.ts';
import type { Span } from './rules.ts';

export const REDACTED = '[redacted]';

export interface Redacted {
  readonly text: string;
  /** How many secrets were replaced. */
  readonly count: number;
}

export interface Redactor {
  /** A whole text, private key blocks over several lines included. */
  readonly redact: (text: string) => Redacted;
  /** Text of whole lines of a stream; never joins or drops a line. Key blocks are left to the caller (redacted-lines.ts). */
  readonly redactLines: (text: string) => Redacted;
  /** Where the secrets of a piece of text lie, merged and in order. */
  readonly spans: (text: string) => readonly Span[];
  /** Length of the longest known secret in any form, UTF-16 units. */
  readonly longest: number;
}

/** `secrets`: values of the incident's secret variables; values under 6 characters are ignored (known-secrets.ts). */
export function redactor(secrets: readonly string[]): Redactor {
  const forms = secretForms(secrets);
  const inLines = (text: string): readonly Span[] => merge([...byShape(text), ...byValue(text, forms)]);
  const inText = (text: string): readonly Span[] => merge([...keyBlocks(text), ...inLines(text)]);
  return {
    redact: (text) => untilStable(text, inText),
    redactLines: (text) => untilStable(text, inLines),
    spans: inLines,
    longest: forms[0]?.length ?? 0,
  };
}

/** Replaces the given spans, which must be merged and in order. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + REDACTED;
    at = end;
  }
  return result + text.slice(at);
}

/** A replacement can give what stands beside it a new meaning, so it goes on until a pass finds nothing. */
function untilStable(text: string, find: (text: string) => readonly Span[]): Redacted {
  let current = text;
  let count = 0;
  for (;;) {
    const spans = aroundMarks(current, find);
    if (spans.length === 0) return { text: current, count };
    count += spans.length;
    current = replaceSpans(current, spans);
  }
}

/** Looks only between earlier marks, never into them: each pass leaves less to look at, so the passes end. */
function aroundMarks(text: string, find: (text: string) => readonly Span[]): readonly Span[] {
  if (!text.includes(REDACTED)) return find(text);
  const spans: Span[] = [];
  let offset = 0;
  for (const part of text.split(REDACTED)) {
    if (part !== '') for (const { start, end } of find(part)) spans.push({ start: start + offset, end: end + offset });
    offset += part.length + REDACTED.length;
  }
  return spans;
}

function byShape(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const rule of RULES) {
    if (rule.hints !== undefined && !rule.hints.some((hint) => text.includes(hint))) continue;
    spans.push(...rule.find(text));
  }
  return spans;
}

function byValue(text: string, forms: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      spans.push({ start: at, end: at + form.length });
    }
  }
  return spans;
}

function merge(spans: Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  spans.sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.start < last.end) {
      if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end };
    } else merged.push(span);
  }
  return merged;
}
