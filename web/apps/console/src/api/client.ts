import { createClient } from '@bole/api';
import { currentLocale } from '../app/i18n';
import { purposeHeaders } from '../lib/purpose';

let signedOut: () => void = () => {};

/** The session provider says here what happens when the server no longer knows us. */
export function onSignedOut(handler: () => void) {
  signedOut = handler;
}

export const api = createClient({
  client: 'console',
  locale: currentLocale,
  headers: purposeHeaders,
  onSignedOut: () => signedOut(),
});
