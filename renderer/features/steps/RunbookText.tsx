import type { Check } from '#shared/runbook/model.ts';
import type { Prose } from '#shared/runbook/parser/prose.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import '../../ui/prose.css';
import './runbook-text.css';

/** The runbook's own text about a step, a check or a follow-up; nothing where it has none. */
export const RunbookText = ({ prose }: { readonly prose: Prose | undefined }) =>
  prose === undefined ? null : (
    <div className="prose runbook-text">
      <Markdown nodes={prose} />
    </div>
  );

/** The text under a check, and the questions to ask oneself. */
export const CheckText = ({ check: { prose, questions = [] } }: { readonly check: Check }) => (
  <>
    <RunbookText prose={prose} />
    {questions.length === 0 ? null : (
      <ul className="check__questions small">
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
    )}
  </>
);
