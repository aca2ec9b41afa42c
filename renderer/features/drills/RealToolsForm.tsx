import { useEffect, useState } from 'react';
import type { LocatedTool, OpenRunbook } from '#shared/api/calls.ts';
import type { Procedure, Runbook } from '#shared/runbook/model.ts';
import { PRACTICE } from '#shared/drills/practice-target.ts';
import { go } from '../../app/route.ts';
import { ask, get, newIntentId } from '../../stores/core.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextField } from '../../ui/Field.tsx';

/** Starts a drill with the tools of this machine. Only for an app whose name ends in -test. */
export function RealToolsForm({ runbook }: { readonly runbook: OpenRunbook }) {
  const first = runbook.model.settings.services[0]?.id;
  const [service, setService] = useState(first === undefined ? '' : `${first}-test`);
  const [procedureId, setProcedureId] = useState(runbook.model.procedures[0]?.id ?? null);
  const procedure = runbook.model.procedures.find(({ id }) => id === procedureId) ?? null;
  const [tools, setTools] = useState<readonly LocatedTool[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    let current = true;
    void get('tools.locate', { tools: toolsOf(procedure) }).then((found) => current && setTools(found ?? []));
    return () => {
      current = false;
    };
  }, [procedure]);
  const given = variablesOf(procedure, runbook.model);
  const fits = PRACTICE.test(service.trim());
  const declare = async (): Promise<void> => {
    setSending(true);
    const { hash } = runbook.summary;
    const args = { intentId: newIntentId(), runbook: hash, service: service.trim(), rowLine: null, procedureId };
    const result = await ask('drill.start-real', args);
    setSending(false);
    if (result.ok) go({ screen: 'incident', id: result.value.incidentId });
    else setRefused(`${result.error.message} ${result.error.advice ?? ''}`);
  };
  return (
    <details className="drills__part real-tools">
      <summary>With real tools, on a test app</summary>
      <div className="stack stack--tight">
        <Field label="Procedure">
          {(id) => (
            <select
              className="input"
              id={id}
              value={procedureId ?? ''}
              onChange={(event) => {
                setProcedureId(event.target.value);
                setRefused(null);
              }}
            >
              {runbook.model.procedures.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title}
                </option>
              ))}
            </select>
          )}
        </Field>
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
        {given.length === 0 ? null : (
          <p className="small">
            It reads {given.join(', ')} from where the settings say, or from the environment. A database it changes has
            a name that ends in <span className="nowrap">-test</span>.
          </p>
        )}
        <Button disabled={!fits || sending} onClick={() => void declare()}>
          Declare with real tools
        </Button>
        <p className="soft small">
          In real time. What it changes is changed for real, there alone; each command is held against it once more.
        </p>
      </div>
    </details>
  );
}

/** The tools that the procedure's commands name. Tools inside a shell script are not included. */
function toolsOf(procedure: Procedure | null): string[] {
  const commands = (procedure?.steps ?? []).flatMap((step) => step.commands);
  const named = commands.filter(({ form }) => form === 'words').map(({ tool }) => tool);
  return [...new Set(named)].filter((tool) => /^\w[\w.+-]*$/.test(tool)).slice(0, 20);
}

/** The variables of the commands that come from the environment and that nobody is asked for. */
function variablesOf(procedure: Procedure | null, { settings }: Runbook): readonly string[] {
  const commands = (procedure?.steps ?? []).flatMap((step) => step.commands);
  const used = commands.flatMap(({ variables, database }) => [
    ...variables,
    ...(database === undefined ? [] : [database]),
  ]);
  return [...new Set(used)].filter((name) => settings.variables[name]?.from === 'environment');
}
