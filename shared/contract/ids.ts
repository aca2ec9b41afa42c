import { z } from 'zod';

/** github.com/ulid/spec */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** As Rollbook gives incidents, runs and captures. */
export const ulidSchema = z.string().regex(ULID, 'is no id of Rollbook');

/** What an act is known by when it is sent again: made anew by whoever asks for one. */
export const intentIdSchema = z.string().regex(ULID, 'is no ULID: 26 characters, made anew for each act');
