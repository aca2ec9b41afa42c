import { useState } from 'react';
import type { DrillSetting } from '../../app/route.ts';
import {
  defaultRunbook,
  useBundledRunbook,
  useDefaultRunbook,
  useOpenRunbook,
  useOverview,
} from '../../stores/overview.ts';
import { DrillForm } from './DrillForm.tsx';
import { LiveForm } from './LiveForm.tsx';
import { RunbookChoice } from './RunbookChoice.tsx';
import './declare.css';

/** Declares an incident or a drill. Both start with choosing the matching row, which is part of the exercise. */
export function DeclareScreen({ drill }: { readonly drill: DrillSetting | null }) {
  return drill === null ? <DeclareIncident /> : <DeclareDrill drill={drill} />;
}

function DeclareIncident() {
  const runbooks = useOverview((state) => state.runbooks) ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const usual = useDefaultRunbook();
  const other = useOpenRunbook(picked);
  const runbook = picked === null ? usual : other;
  if (runbook === null) return <Reading title="Declare an incident" />;
  return (
    <LiveForm
      key={runbook.summary.hash}
      runbook={runbook}
      choice={
        <RunbookChoice
          runbooks={runbooks.filter(({ trusted }) => trusted)}
          usual={defaultRunbook(runbooks)}
          chosen={runbook.summary}
          onChoose={setPicked}
        />
      }
    />
  );
}

function DeclareDrill({ drill }: { readonly drill: DrillSetting }) {
  const runbook = useBundledRunbook();
  return (
    <div className="drill-frame">
      {runbook === null ? <Reading title="Declare the drill" /> : <DrillForm drill={drill} runbook={runbook} />}
    </div>
  );
}

const Reading = ({ title }: { readonly title: string }) => (
  <main className="screen">
    <h1>{title}</h1>
    <p role="status">The runbook is being read.</p>
  </main>
);
