import { useState } from 'react';
import type { Failure } from '#shared/api/result.ts';
import type { RunbookSettingsView, SecretSetting, SettingChange } from '#shared/settings/settings.ts';
import { changeSetting, useSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { AreaField, ChoiceField, TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';

interface SourceFormProps {
  readonly runbook: RunbookSettingsView;
  readonly secret: SecretSetting;
  readonly title: string;
  readonly onDone: (changed: boolean) => void;
}

const KINDS = ['Environment', 'Keychain', 'File', 'Command'] as const;
type Kind = (typeof KINDS)[number];

/** Chooses the source of a secret. A typed value goes to the platform's keychain; the page does not keep it. */
export function SourceForm({ runbook, secret, title, onDone }: SourceFormProps) {
  const vault = useSettings(({ view }) => view?.vault);
  const [kind, setKind] = useState<Kind>(kindOf(secret));
  const [text, setText] = useState(textOf(secret));
  const [args, setArgs] = useState(argumentsOf(secret));
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'advice'> | null>(null);
  const noVault = kind === 'Keychain' && vault?.name === null ? vault.why : null;
  const save = async (change: SettingChange): Promise<void> => {
    const problem = await changeSetting(change);
    setFailure(problem);
    if (problem === null) onDone(true);
  };
  const submit = (): void => {
    const change = noVault === null ? changeFor(kind, runbook.name, secret.name, text, args) : null;
    if (change !== null) void save(change);
  };
  const { label, hint } = FIELD[kind];
  return (
    <Form className="settings__form" aria-label={`Source of ${title}`} onSubmit={submit}>
      <ChoiceField
        label="Source"
        value={kind}
        options={KINDS}
        onText={(chosen) => {
          setKind(KINDS.find((each) => each === chosen) ?? 'Environment');
          setText('');
        }}
      />
      <TextField
        key={kind}
        label={label}
        hint={noVault ?? hint}
        type={kind === 'Keychain' ? 'password' : 'text'}
        spellCheck={false}
        disabled={noVault !== null}
        value={text}
        onText={setText}
      />
      {kind === 'Command' ? (
        <AreaField label="Arguments, one a line" code rows={3} spellCheck={false} value={args} onText={setArgs} />
      ) : null}
      {failure === null ? null : (
        <p className="notice notice--bad settings__whole" role="alert">
          <span className="strong">{failure.message}</span> {failure.advice ?? ''}
        </p>
      )}
      <div className="row settings__whole">
        <Button type="submit" disabled={noVault !== null}>
          {kind === 'Keychain' ? 'Keep it there' : 'Save'}
        </Button>
        <Button look="quiet" onClick={() => onDone(false)}>
          Cancel
        </Button>
        {secret.source === null ? null : (
          <Button
            look="danger"
            onClick={() => void save({ what: 'secret', runbook: runbook.name, name: secret.name, source: null })}
          >
            Take back
          </Button>
        )}
      </div>
    </Form>
  );
}

const FIELD: Readonly<Record<Kind, { readonly label: string; readonly hint: string }>> = {
  Environment: { label: 'Variable', hint: 'Of your login shell. Empty: the one of the same name.' },
  Keychain: { label: 'Value', hint: 'Goes into the keychain of this machine and nowhere else.' },
  File: { label: 'Absolute path of the file', hint: 'It must be yours alone (chmod 600).' },
  Command: { label: 'Program', hint: 'What it prints is the value. No shell; 30 s at most.' },
};

function kindOf({ source }: SecretSetting): Kind {
  return KINDS.find((kind) => kind.toLowerCase() === source?.kind) ?? 'Environment';
}

function textOf({ source }: SecretSetting): string {
  if (source?.kind === 'environment') return source.variable ?? '';
  if (source?.kind === 'file') return source.path;
  return source?.kind === 'command' ? (source.argv[0] ?? '') : '';
}

const argumentsOf = ({ source }: SecretSetting): string =>
  source?.kind === 'command' ? source.argv.slice(1).join('\n') : '';

/** null while nothing was typed. */
function changeFor(kind: Kind, runbook: string, name: string, text: string, args: string): SettingChange | null {
  const given = text.trim();
  if (kind === 'Environment')
    return { what: 'secret', runbook, name, source: { kind: 'environment', variable: given === '' ? null : given } };
  if (given === '') return null;
  if (kind === 'Keychain') return { what: 'keep-secret', runbook, name, value: given };
  if (kind === 'File') return { what: 'secret', runbook, name, source: { kind: 'file', path: given } };
  const rest = args.split('\n').filter((line) => line !== '');
  return { what: 'secret', runbook, name, source: { kind: 'command', argv: [given, ...rest] } };
}
