import type { FileEvent } from '@bole/api';
import { useTranslation } from 'react-i18next';

/** What happened, in the person's language; an event newer than this console shows its kind. */
export function useEventText(): (event: FileEvent) => string {
  const { t, i18n } = useTranslation();
  return (event) => {
    const key = `file_event.${event.kind}`;
    return i18n.exists(key) ? t(`file_event.${event.kind}`, event.params) : event.kind;
  };
}
