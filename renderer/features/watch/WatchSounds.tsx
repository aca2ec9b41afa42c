import { useEffect, useRef } from 'react';
import { useSettings } from '../../stores/settings.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { type Alert, alertBetween, type Heard } from './alerts.ts';

/** A short tone when a checkpoint is reached, and two lower ones for a regression. The settings switch it off. */
export function WatchSounds() {
  const { state } = useIncident();
  const on = useSettings(({ view }) => view?.sounds ?? true);
  const before = useRef<Heard | null>(null);
  const asking = state.watch?.asking ?? null;
  const failed = state.watch !== null && state.watch.endedAt !== null && !state.watch.completed;
  const effective = state.effectiveAt !== null;
  useEffect(() => {
    const now: Heard = { asking, regressed: failed && !effective };
    const alert = before.current === null ? null : alertBetween(before.current, now);
    before.current = now;
    if (on && alert !== null) void play(alert);
  }, [asking, failed, effective, on]);
  return null;
}

/** Tones in Hz, one after the other. */
const TONES: Readonly<Record<Alert, readonly number[]>> = { checkpoint: [880], regression: [440, 330] };
const TONE_S = 0.18;

async function play(alert: Alert): Promise<void> {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.value = 0.2;
  volume.connect(audio.destination);
  const last = TONES[alert].map((hertz, index) => {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start(audio.currentTime + index * TONE_S);
    tone.stop(audio.currentTime + (index + 0.9) * TONE_S);
    return tone;
  });
  await new Promise((done) => last.at(-1)?.addEventListener('ended', done));
  await audio.close();
}
