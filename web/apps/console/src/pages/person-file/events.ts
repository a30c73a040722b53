import type { FileEvent, InterviewView } from '@bole/api';
import { useTranslation } from 'react-i18next';
import { usePair } from '../../lib/pair';

/** What happened, in the person's language; an event newer than this console shows its kind. */
export function useEventText(interviews: InterviewView[]): (event: FileEvent) => string {
  const { t, i18n } = useTranslation();
  const pair = usePair();
  return (event) => {
    const key = `file_event.${event.kind}`;
    // An event carries the Chinese name of its plan only; its interview carries both.
    const plan = pair(interviews.find((item) => item.id === event.interview_id), 'plan_name');
    return i18n.exists(key) ? t(`file_event.${event.kind}`, plan ? { ...event.params, plan } : event.params) : event.kind;
  };
}
