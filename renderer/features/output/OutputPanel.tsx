import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RunState } from '#shared/incident/state.ts';
import { attachOutput, loadPage, useOutput } from '../../stores/output.ts';
import { useTick } from '../../stores/tick.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandWords } from '../../ui/Command.tsx';
import { ago, duration, timeOfDay } from '../../ui/time.ts';
import { PanelLine, picksOf } from './PanelLine.tsx';
import { runEnding } from './runs.ts';
import './output-panel.css';

const LINE_HEIGHT = 22;

/**
 * The output of a run, live. The view follows the end unless a person scrolls up. With `pick` the values in its first lines
 * can be clicked.
 */
export function OutputPanel({ run, pick }: { readonly run: RunState; readonly pick?: (value: string) => void }) {
  const { id } = useIncident();
  const output = useOutput(run.runId);
  const isLive = run.endedAt === null;
  // The output of an ended run is shown from its beginning, unless it was being followed when it ended.
  const [following, setFollowing] = useState(isLive);
  const scroller = useRef<HTMLDivElement>(null);
  // Growing output only scrolls down, so a scroll up came from a person.
  const lastTop = useRef(0);
  useEffect(() => attachOutput(id, run.runId, isLive), [id, run.runId, isLive]);
  const rows = useVirtualizer({
    count: output.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
  });
  const picks = useMemo(
    () => (pick === undefined ? null : picksOf(output.lines, output.total)),
    // The lines are changed in place; `revision` changes with them.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [pick === undefined, output.lines, output.total, output.revision],
  );
  const shown = rows.getVirtualItems();
  const hole = shown.find((row) => output.lines.get(row.index) === undefined)?.index;
  useEffect(() => {
    if (hole !== undefined) void loadPage(id, run.runId, hole);
  }, [id, run.runId, hole, output.total]);
  // Also when lines turn out to be higher than estimated, and when the panel shrinks at the end of the run.
  const height = rows.getTotalSize();
  useLayoutEffect(() => {
    const element = scroller.current;
    if (following && element !== null) element.scrollTop = element.scrollHeight;
  }, [following, output.total, height, isLive]);
  return (
    <section
      className={isLive ? 'output' : 'output output--ended'}
      aria-label={`Output of ${run.shown}, ${timeOfDay(run.intendedAt)}`}
    >
      <header className="output__head">
        <code>
          <CommandWords text={run.shown} />
        </code>
        <RunFacts run={run} lastAt={output.lastAt} />
        {following || !isLive ? null : <Button onClick={() => setFollowing(true)}>Follow the end</Button>}
      </header>
      <div
        className="output__lines"
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label="Output"
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop } = event.currentTarget;
          if (isAtEnd(event.currentTarget)) setFollowing(true);
          else if (scrollTop < lastTop.current) setFollowing(false);
          lastTop.current = scrollTop;
        }}
      >
        {output.total === 0 ? (
          <p className="output__none">{isLive ? 'No output yet.' : 'It printed nothing.'}</p>
        ) : null}
        <div style={{ blockSize: height, position: 'relative' }}>
          {shown.map((row) => {
            const line = output.lines.get(row.index);
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className={`line line--${line?.stream ?? 'stdout'}`}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <PanelLine text={line?.text} candidates={picks?.get(row.index)} pick={pick} />
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

const isAtEnd = (element: HTMLElement): boolean =>
  element.scrollHeight - element.scrollTop - element.clientHeight < 2 * LINE_HEIGHT;

/** Elapsed time, usual time and time of the last output, which show whether a silent command is stuck. */
function RunFacts({ run, lastAt }: { readonly run: RunState; readonly lastAt: number | null }) {
  const now = useIncidentNow();
  const wall = useTick(1_000);
  if (run.endedAt !== null) {
    const took = run.durationMs === null ? '' : `, took ${duration(run.durationMs)}`;
    return <span className="output__facts">{`${runEnding(run)}${took}`}</span>;
  }
  const elapsed = now - (run.startedAt ?? run.intendedAt);
  const slow = run.usualMs !== null && elapsed > run.usualMs;
  return (
    <span className="output__facts tabular">
      running {duration(elapsed)}
      {run.usualMs === null ? '' : ` · usual ${duration(run.usualMs)}`}
      {slow ? ' · slow' : ''}
      {` · ${lastAt === null ? 'no output yet' : `last output ${ago(wall - lastAt)}`}`}
    </span>
  );
}
