import { createClient } from '@bole/api';
import { currentLocale } from '../app/i18n';

let signedOut: () => void = () => {};

/** The session provider says here what happens when the server no longer knows us. */
export function onSignedOut(handler: () => void) {
  signedOut = handler;
}

export const api = createClient({
  client: 'console',
  locale: currentLocale,
  onSignedOut: () => signedOut(),
});
