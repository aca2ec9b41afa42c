import { useEffect, useState } from 'react';
import type { LocatedTool, OpenRunbook } from '#shared/contract/calls.ts';
import { PRACTICE } from '#shared/drills/practice-target.ts';
import { go } from '../../app/route.ts';
import { ask, get, newIntentId } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';

/** A drill with the tools of this machine: on an app that ends in -test and nothing else. */
export function RealToolsForm({ runbook }: { readonly runbook: OpenRunbook }) {
  const first = runbook.model.settings.services[0]?.id;
  const [service, setService] = useState(first === undefined ? '' : `${first}-test`);
  const [tools, setTools] = useState<readonly LocatedTool[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    void get('tools.locate', { tools: ['fly', 'curl'] }).then((found) => setTools(found ?? []));
  }, []);
  const fits = PRACTICE.test(service.trim());
  const declare = async (): Promise<void> => {
    setSending(true);
    const { hash } = runbook.summary;
    const args = { intentId: newIntentId(), runbook: hash, service: service.trim(), rowLine: null, procedureId: null };
    const result = await ask('drill.start-real', args);
    setSending(false);
    if (result.ok) go({ screen: 'incident', id: result.value.incidentId });
    else setRefused(`${result.error.message} ${result.error.advice ?? ''}`);
  };
  return (
    <details className="drills__part real-tools">
      <summary>With real tools, on a test app</summary>
      <div className="stack stack--tight">
        <TextField
          label="App, its name ends in -test"
          value={service}
          spellCheck={false}
          onText={(text) => {
            setService(text);
            setRefused(null);
          }}
        />
        {fits ? null : (
          <p className="notice notice--bad" role="alert">
            Real tools are only let near apps that end in -test. Nothing can be declared for “{service}”.
          </p>
        )}
        {refused === null ? null : (
          <p className="notice notice--bad" role="alert">
            {refused}
          </p>
        )}
        <ul className="small" aria-label="Tools that will be run">
          {tools.map(({ tool, path }) => (
            <li key={tool}>
              {tool}: {path === null ? <span className="tone-bad">not found</span> : <code>{path}</code>}
            </li>
          ))}
        </ul>
        <Button disabled={!fits || sending} onClick={() => void declare()}>
          Declare with real tools
        </Button>
        <p className="soft small">
          In real time. It deploys for real, to that app alone; each command is held against it once more.
        </p>
      </div>
    </details>
  );
}
