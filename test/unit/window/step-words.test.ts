import { describe, expect, it } from 'vitest';
import { NO_STEP, type IncidentState } from '#shared/incident/state.ts';
import { reduce } from '#shared/incident/reduce.ts';
import { endingOf } from '../../../renderer/features/wizard/ending.ts';
import { fillMessage } from '../../../renderer/features/wizard/message-fill.ts';
import { commandText } from '../../../renderer/features/wizard/runs.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
