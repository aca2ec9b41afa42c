import { useState } from 'react';
import type { CheckedItem } from '#shared/readiness/readiness.ts';
import { type RunbookSettingsView, type SecretSetting, sourceWords } from '#shared/settings/settings.ts';
import { get } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { StateMark } from '../readiness/ReadyRow.tsx';
import { SourceForm } from './SourceForm.tsx';

interface SecretRowProps {
  readonly runbook: RunbookSettingsView;
  readonly secret: SecretSetting;
}

const TITLE: Readonly<Record<string, string>> = { 'slack:live': 'Live incidents', 'slack:drill': 'Drills' };

/** The source of one secret. It is tested after each change and on request. */
export function SecretRow({ runbook, secret }: SecretRowProps) {
  const [editing, setEditing] = useState(false);
  const [tried, setTried] = useState<CheckedItem | 'trying' | null>(null);
  const title = TITLE[secret.name] ?? secret.name;
  const tryIt = async (): Promise<void> => {
    setTried('trying');
    const board = await get('readiness.read', { runbook: runbook.hash, only: [`secret ${secret.name}`] });
    setTried(board?.items[0] ?? null);
  };
  const from = secret.source === null && !secret.needed ? 'not set' : sourceWords(secret.source);
  return (
    <li className="settings__row">
      <span className="settings__what">
        <span className="strong">{title}</span>
        <span className="soft small">{secret.use}</span>
      </span>
      <span className="settings__from">
        <span>{from}</span>
        <span className="small" role="status">
          {tried === null ? '' : tried === 'trying' ? 'Trying it' : <Tried item={tried} />}
        </span>
      </span>
      <span className="row">
        {secret.source === null && !secret.needed ? null : (
          <Button aria-label={`Test ${title}`} onClick={() => void tryIt()}>
            Test
          </Button>
        )}
        <Button aria-label={`Change ${title}`} aria-expanded={editing} onClick={() => setEditing(!editing)}>
          Change
        </Button>
      </span>
      {editing ? (
        <SourceForm
          runbook={runbook}
          secret={secret}
          title={title}
          onDone={(changed) => {
            setEditing(false);
            if (changed) void tryIt();
          }}
        />
      ) : null}
    </li>
  );
}

const Tried = ({ item }: { readonly item: CheckedItem }) => (
  <>
    <StateMark state={item.state} /> {item.detail} {item.fix ?? ''}
  </>
);
