/** What somebody was told when a debt was paid, in words for the timeline and the report. */
const WORDS: Readonly<Record<string, string>> = {
  'notify-after': 'that a rollback was started without asking (P0)',
  'tell-approver': 'that this went on without approval',
};

export const obligationWords = (debt: string): string => WORDS[debt] ?? debt;

/** ", by phone"; nothing when all that is known is that they were told. */
export const toldBy = (how: string): string => (how === '' || how === 'told' ? '' : `, by ${how}`);
