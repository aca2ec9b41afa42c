import { memo, useEffect, useRef, useState } from 'react';
import type { TimelineEntry, Tone } from '#shared/incident/timeline.ts';
import { elapsedText } from '#shared/words/duration.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Shape, type ShapeName } from '../../ui/shapes.tsx';
import { timeOfDay } from '../../ui/time.ts';
import { Form } from '../../ui/Form.tsx';
import './timeline-pane.css';

/** Entries shown at first and added by each press of "Show earlier entries". */
const PAGE = 200;

/** The timeline, newest entry last, with a field for notes. Entries can be starred, not deleted. */
export function TimelinePane() {
  const { all, main } = useIncident().timeline;
  const [everything, setEverything] = useState(false);
  const [most, setMost] = useState(PAGE);
  const known = everything ? all : main;
  const earlier = Math.max(0, known.size - most);
  const list = useRef<HTMLOListElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const newest = known.last()?.seq;
  useEffect(() => {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [newest, everything]);
  useKeys('Timeline', [
    { keys: 'n', label: 'Add a note', run: () => note.current?.focus() },
    { keys: 't', label: 'Timeline: all entries, or the main ones', run: () => setEverything((now) => !now) },
  ]);
  const add = async (): Promise<void> => {
    if (text.trim() !== '' && (await act({ kind: 'note', text: text.trim(), starred: true }))) setText('');
  };
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline__head">
        <h2>Timeline</h2>
        <Button look="quiet" shortcut="T" aria-pressed={everything} onClick={() => setEverything(!everything)}>
          {everything ? 'Main entries' : `All ${all.size}`}
        </Button>
      </div>
      <ol ref={list} className="timeline__entries" tabIndex={0} aria-label="Timeline entries">
        {earlier === 0 ? null : (
          <li className="timeline__earlier">
            <Button onClick={() => setMost(most + PAGE)}>{`Show earlier entries (${earlier})`}</Button>
          </li>
        )}
        {known.takeLast(most).map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
      <Form className="timeline__note" onSubmit={() => void add()}>
        <input
          ref={note}
          className="input"
          aria-label="Note"
          placeholder="Add a note (N)"
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Add
        </Button>
      </Form>
    </section>
  );
}

const TONE: Readonly<Record<Tone, { readonly shape: ShapeName; readonly word: string; readonly className: string }>> = {
  plain: { shape: 'dot', word: '', className: 'tone-plain' },
  good: { shape: 'solid', word: 'proven: ', className: 'tone-proven' },
  attention: { shape: 'triangle', word: 'attention: ', className: 'tone-caution' },
  bad: { shape: 'cross', word: 'bad: ', className: 'tone-bad' },
};

const Entry = memo(function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const tone = TONE[entry.tone];
  const happened = entry.occurredAt ?? entry.at;
  return (
    <li className={entry.starred ? 'entry' : 'entry entry--minor'}>
      <span className={`entry__tone ${tone.className}`}>
        <Shape name={tone.shape} />
      </span>
      <div className="entry__body">
        <p className="entry__when tabular">
          <time dateTime={new Date(happened).toISOString()}>{timeOfDay(happened)}</time>{' '}
          <span>{elapsedText(entry.elapsedMs)}</span> <span>{entry.source === 'app' ? 'Rollbook' : entry.actor}</span>
        </p>
        <p title={entry.text}>
          <span className="sr-only">{tone.word}</span>
          {entry.text}
        </p>
      </div>
      <button
        type="button"
        className="entry__star"
        aria-pressed={entry.starred}
        aria-label={`Star: ${entry.text}`}
        onClick={() => void act({ kind: 'star', seq: entry.seq, starred: !entry.starred })}
      >
        <Shape name={entry.starred ? 'star' : 'hollow-star'} />
      </button>
    </li>
  );
});
