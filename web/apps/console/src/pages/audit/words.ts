import { useTranslation } from 'react-i18next';

/** Names of acts, subjects and people as words; what this version does not know is shown as it is. */
export function useAuditWords() {
  const { t, i18n } = useTranslation();
  const word = (list: string, value: string) => (i18n.exists(`${list}.${value}`) ? t(`${list}.${value}`) : value);
  return {
    action: (value: string) => word('audit_action', value),
    subject: (value: string) => word('audit_subject', value),
    actor: (name: string, kind: string) => name || word('audit_actor', kind),
    actorKind: (value: string) => word('audit_actor', value),
    purpose: (details: Record<string, unknown>) => {
      const { purpose, purpose_note: note } = details;
      if (typeof purpose !== 'string') return '';
      const code = word('purpose_code', purpose);
      return typeof note === 'string' && note ? `${code} · ${note}` : code;
    },
  };
}
