/** What the terminal shows while something runs. A screen here understands the four escape sequences that are used. */
import { describe, expect, it } from 'vitest';
import { lineInPlace, plainProgress } from '../../../electron/cli/progress.ts';
import { manualTimers } from '../../fixtures/manual-timers.ts';

/** A terminal that keeps its lines; `typed` is echoed where the cursor is, as the terminal of a person does. */
function screen(columns = 60) {
  const lines = [''];
  let column = 0;
  let saved = 0;
  const put = (text: string): void => {
    const line = lines.at(-1) ?? '';
    lines[lines.length - 1] = line.slice(0, column).padEnd(column) + text + line.slice(column + text.length);
    column += text.length;
  };
  const write = (text: string): void => {
    for (const part of text.match(/\u001B7|\u001B8|\u001B\[K|\r|\n|[^\u001B\r\n]+/g) ?? []) {
      if (part === '\r') column = 0;
      else if (part === '\n') {
        lines.push('');
        column = 0;
      } else if (part === '\u001B7') saved = column;
      else if (part === '\u001B8') column = saved;
      else if (part === '\u001B[K') lines[lines.length - 1] = (lines.at(-1) ?? '').slice(0, column);
      else put(part);
    }
  };
  return { columns, write, typed: put, lines: () => lines.map((line) => line.trimEnd()) };
}

describe('progress on a terminal', () => {
  it('is one line that is written again in place, below what is printed meanwhile', async () => {
    const timers = manualTimers();
    const shown = screen();
    const line = lineInPlace(shown, timers);
    const out = line.around(shown.write);
    let seconds = 0;
    out('Started\n');
    const stop = line.progress(() => `Under way for ${(seconds += 1)} s`);
    await timers.pass(2_000);
    expect(shown.lines()).toEqual(['Started', 'Under way for 2 s']);
    out('  output\n');
    expect(shown.lines()).toEqual(['Started', '  output', '']);
    await timers.pass(1_000);
    expect(shown.lines()).toEqual(['Started', '  output', 'Under way for 3 s']);
    stop();
    await timers.pass(5_000);
    out('Ended\n');
    expect(shown.lines()).toEqual(['Started', '  output', 'Ended', '']);
    expect(timers.waiting).toBe(0);
  });

  it('leaves what the person types in place, and fits into the width', async () => {
    const timers = manualTimers();
    const shown = screen(40);
    let seconds = 0;
    lineInPlace(shown, timers).progress(() => `${(seconds += 1)} s since detection, a command that is very long`);
    await timers.pass(1_000);
    shown.typed('stop');
    await timers.pass(1_000);
    expect(shown.lines()).toEqual(['2 s since detection, a commastop']);
  });

  it('takes 80 columns where the terminal says 0', async () => {
    const timers = manualTimers();
    const shown = screen(0);
    lineInPlace(shown, timers).progress(() => 'x'.repeat(100));
    await timers.pass(1_000);
    expect(shown.lines()).toEqual(['x'.repeat(68)]);
  });

  it('goes through the door: no secret, no control code and no second line', async () => {
    const timers = manualTimers();
    const shown = screen();
    const clean = (text: string): string => text.replace('hunter2', '[redacted]');
    lineInPlace(shown, timers, clean).progress(() => 'Running: a hunter2\n  b \u001b]0;title\u0007');
    await timers.pass(1_000);
    expect(shown.lines()).toEqual(['Running: a [redacted] b ⟨U+001B⟩]0;title⟨U+0007⟩']);
  });

  it('shows nothing while nothing runs', async () => {
    const timers = manualTimers();
    const shown = screen();
    let text = 'Under way';
    lineInPlace(shown, timers).progress(() => text);
    await timers.pass(1_000);
    text = '';
    await timers.pass(1_000);
    expect(shown.lines()).toEqual(['']);
  });
});

describe('progress elsewhere', () => {
  it('is a plain line each minute', async () => {
    const timers = manualTimers();
    const written: string[] = [];
    let text = 'Under way';
    const stop = plainProgress(timers, (line) => written.push(line))(() => text);
    await timers.pass(125_000);
    text = '';
    await timers.pass(60_000);
    expect(written).toEqual(['Under way\n', 'Under way\n']);
    stop();
    expect(timers.waiting).toBe(0);
  });
});
