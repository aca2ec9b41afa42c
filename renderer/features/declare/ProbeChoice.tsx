import { useId } from 'react';
import { probeAddresses } from '#shared/incident/symptom-probe.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { TextField } from '../../ui/Field.tsx';

interface ProbeChoiceProps {
  readonly runbook: Runbook;
  readonly address: string;
  readonly onAddress: (address: string) => void;
}

/** The address of the symptom probe: a declared health address or a typed https address; empty for none. */
export function ProbeChoice({ runbook, address, onAddress }: ProbeChoiceProps) {
  const list = useId();
  return (
    <>
      <TextField
        label="Symptom probe, asked every 15 s (empty: none)"
        value={address}
        maxLength={2_000}
        list={list}
        onText={onAddress}
      />
      <datalist id={list}>
        {probeAddresses(runbook).map((url) => (
          <option key={url}>{url}</option>
        ))}
      </datalist>
    </>
  );
}
