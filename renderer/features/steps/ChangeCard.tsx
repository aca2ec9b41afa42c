import { changeCard, proofText, targetOf } from '#shared/incident/change-card.ts';
import type { Step } from '#shared/runbook/model.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { CommandLine } from '../../ui/Command.tsx';
import './undo-card.css';

/** To read before a change of the runbook's own: what runs, on what, what takes it back, and what will prove it. */
export function ChangeCard({ step }: { readonly step: Step }) {
  const { state, runbook } = useIncident();
  const card = changeCard(state, runbook, step);
  if (card === null) return null;
  return (
    <section className="undo" aria-label="Before you run it">
      <CommandLine label="Command" text={card.command} />
      <dl className="undo__facts">
        <dt>Target</dt>
        <dd>{targetOf(card)}</dd>
        <dt>Proof</dt>
        <dd>{proofText(card.proof)}</dd>
        <dt>Undo</dt>
        <dd>{card.undo === null ? card.noUndo : 'declared in the runbook:'}</dd>
      </dl>
      {card.undo === null ? null : <CommandLine label="Undo, should it make things worse" text={card.undo} />}
    </section>
  );
}
