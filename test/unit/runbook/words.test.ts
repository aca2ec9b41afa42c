import { describe, expect, it } from 'vitest';
import { readHints } from '#shared/runbook/parser/hints.ts';
import { parseSeverities, parseSeverity } from '#shared/runbook/parser/severity.ts';

describe('a severity', () => {
  it.each([
    ['P0 - Critical', 'P0'],
    ['p3', 'P3'],
    ['SEV1', 'P0'],
    ['Sev-2', 'P1'],
    ['High', 'P1'],
    ['P4', 'P3'],
    ['', null],
    ['Tuesday', null],
    ['P10', null],
  ])('%s', (text, severity) => {
    expect(parseSeverity(text)).toBe(severity);
  });

  it('may be several', () => {
    expect(parseSeverities('P2+ (Medium/Low)')).toEqual(['P2', 'P3']);
    expect(parseSeverities('P1 or P0')).toEqual(['P0', 'P1']);
  });
});

describe('the hints of a fence', () => {
  it('are read', () => {
    expect(
      readHints('step=watch watch=30m checkpoints=10m,20m usual=90s timeout=10s effect=read id=the-watch'),
    ).toEqual({
      step: 'watch',
      id: 'the-watch',
      effect: 'read',
      usualMs: 90_000,
      timeoutMs: 10_000,
      watchMinutes: 30,
      checkpoints: [10, 20],
      services: [],
      fits: [],
      parallel: false,
      proof: false,
      withinMs: null,
      exit: null,
      expect: null,
      reject: null,
      runsIn: null,
      undo: null,
      database: null,
      message: false,
      example: false,
      unknown: [],
    });
    expect(readHints('effect=change undo="shopctl open $SERVICE"')).toMatchObject({
      undo: 'shopctl open $SERVICE',
      unknown: [],
    });
    expect(readHints('effect=change db=SCRATCH_DATABASE_URL')).toMatchObject({
      database: 'SCRATCH_DATABASE_URL',
      unknown: [],
    });
    expect(readHints('db=postgres://x db=$NAME').unknown).toEqual(['db=postgres://x', 'db=$NAME']);
    expect(readHints('step=deploy-releases services=a,b-c order=parallel')).toMatchObject({
      step: 'deploy-releases',
      services: ['a', 'b-c'],
      parallel: true,
      unknown: [],
    });
    expect(readHints('proof within=1m exit=0,3 expect="is now \\d+" reject=^Usage: effect=read')).toMatchObject({
      proof: true,
      withinMs: 60_000,
      exit: [0, 3],
      expect: String.raw`is now \d+`,
      reject: '^Usage:',
      effect: 'read',
      unknown: [],
    });
    expect(readHints('in=checkout timeout=5s')).toMatchObject({ runsIn: 'checkout', timeoutMs: 5_000, unknown: [] });
    expect(readHints('message example')).toMatchObject({ message: true, example: true, unknown: [] });
  });

  it.each([
    'step=dance',
    'effect=maybe',
    'usual=soon',
    'timeout=0s',
    'watch=10s',
    'checkpoints=5m,',
    'id=Not_ok',
    'colour=red',
    'verbose',
    '{1,3}',
    'in=somewhere',
    'exit=no',
    'expect=(',
    'reject=',
    'constructor',
    'toString=1',
  ])('that are none are listed: %s', (word) => {
    expect(readHints(`timeout=5s ${word}`)).toMatchObject({ timeoutMs: 5_000, unknown: [word] });
  });
});
