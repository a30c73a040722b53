import { useTranslation } from 'react-i18next';

/** Why a message did not go out; the outbox keeps a key. A key newer than this console is shown as it is. */
export function useMessageError(): (key: string) => string {
  const { t, i18n } = useTranslation();
  return (key) => (i18n.exists(`message_error.${key}`) ? t(`message_error.${key}`) : key);
}

/** Units of features as the server names them. */
export function useUnit(): (unit: string) => string {
  const { t, i18n } = useTranslation();
  return (unit) => {
    const key = unit.replaceAll(' ', '_');
    return i18n.exists(`unit.${key}`) ? t(`unit.${key}`) : unit;
  };
}

/** Features named as evidence without a note. */
export function useFeatureName(): (key: string) => string {
  const { t, i18n } = useTranslation();
  return (key) => (i18n.exists(`feature.${key}`) ? t(`feature.${key}`) : key);
}
