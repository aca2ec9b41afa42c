/**
 * Whether an answer to "what do you see" only says no, with or without a reason behind a comma: it ticks and confirms nothing.
 * "No errors in the logs" says what was seen.
 */
export const saysNo = (observed: string): boolean => NO.test(observed.trim());

const NO = /^(?:no|n|nope|false|not (?:yet|true|done|so|ok|okay))(?:[,:;].*|\s+[–—-]\s.*|[.!]*)$/is;
