import { useState } from 'react';
import type { Failure } from '#shared/api/result.ts';
import { go } from '../../app/route.ts';
import { ask } from '../../stores/core.ts';
import { loadRunbooks, readRunbook, useOverview } from '../../stores/overview.ts';
import { TextField } from '../../ui/Field.tsx';
import { pathProblem } from './absolute-path.ts';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';

/** Adds a Markdown file of the machine that Rollbook runs on. If it cannot be read, the typed path stays. */
export function AddRunbook() {
  const [typed, setTyped] = useState('');
  const [reading, setReading] = useState(false);
  const [failure, setFailure] = useState<Pick<Failure, 'message' | 'advice'> | null>(null);
  // Without a store a runbook cannot be reviewed, only read.
  const alone = useOverview(({ info }) => info?.emergency?.readable === false);
  const path = typed.trim();
  const add = async (): Promise<void> => {
    const problem = pathProblem(path);
    if (problem !== null || reading) {
      setFailure(problem);
      return;
    }
    setReading(true);
    const answer = await ask('runbook.import', { path });
    setReading(false);
    if (!answer.ok) {
      setFailure(answer.error);
      return;
    }
    setFailure(null);
    await loadRunbooks();
    if (alone) {
      readRunbook(answer.value.hash);
      go({ screen: 'reference', section: null });
      return;
    }
    go({ screen: 'runbook', hash: answer.value.hash });
  };
  return (
    <section className="add-runbook stack stack--tight" aria-labelledby="add-runbook-title">
      <h2 id="add-runbook-title">{alone ? 'Read your own runbook' : 'Add a runbook'}</h2>
      <Form className="add-runbook__form" onSubmit={() => void add()}>
        <TextField
          label="Absolute path of a Markdown file"
          placeholder="/home/ann/runbooks/payments.md"
          spellCheck={false}
          value={typed}
          aria-invalid={failure !== null}
          onText={setTyped}
        />
        <Button type="submit" disabled={path === '' || reading}>
          {reading ? 'Reading it' : alone ? 'Read and search it' : 'Add and review'}
        </Button>
      </Form>
      {failure === null ? null : (
        <div className="notice notice--bad" role="alert">
          <p className="strong">{failure.message}</p>
          <p>{failure.advice}</p>
        </div>
      )}
    </section>
  );
}
